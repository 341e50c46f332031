/**
 * Where the windows of a clip begin. A window has `length` slots; slot i of the window at `start` reads frame
 * start + i * spacing. A spacing above 1 spans more time with as many slots: the clip then falls into
 * `spacing` interleaved phases (frames 0, d, 2d, ... and 1, d + 1, ...), and every phase gets its own windows.
 */
export interface WindowPlan {
  readonly frameCount: number;
  /** Frame of slot 0 of each window, ascending. */
  readonly starts: Int32Array;
  /** Slots per window. */
  readonly length: number;
  /** Frames from one slot to the next. */
  readonly spacing: number;
}

export interface WindowLayout {
  /** Slots per window, >= 1. */
  readonly length: number;
  /**
   * Slots between the starts of a phase's windows, >= 1. As the phases interleave, a window starts every
   * `stride` frames on average, whatever the spacing. Strides above `length` act as `length`, so that no frame
   * is left out.
   */
  readonly stride: number;
  /** Frames from one slot to the next, >= 1. */
  readonly spacing: number;
}

/**
 * Plans windows so that every frame is read by at least one slot of its own. The last window of a phase moves
 * back to end with the phase, so slots run past the clip's end only in phases shorter than a window: a slot
 * reads frame min(frameCount - 1, start + i * spacing), and such clamped slots are ignored when averaging.
 *
 * Throws RangeError unless all four numbers are integers >= 1.
 */
export function planWindows(frameCount: number, { length, stride, spacing }: WindowLayout): WindowPlan {
  for (const [name, value] of Object.entries({ frameCount, length, stride, spacing })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} is ${value}, expected an integer >= 1`);
  }
  const step = Math.min(stride, length);
  const starts: number[] = [];
  for (let phase = 0; phase < Math.min(spacing, frameCount); phase++) {
    const phaseFrames = Math.ceil((frameCount - phase) / spacing);
    const lastStart = Math.max(0, phaseFrames - length);
    for (let start = 0; start < lastStart; start += step) starts.push(phase + start * spacing);
    starts.push(phase + lastStart * spacing);
  }
  return { frameCount, starts: Int32Array.from(starts).sort(), length, spacing };
}

/** How many leading slots of the window at `start` read a frame of their own; the rest are clamped. */
export function unclampedSlots(plan: WindowPlan, start: number): number {
  return Math.min(plan.length, Math.ceil((plan.frameCount - start) / plan.spacing));
}
