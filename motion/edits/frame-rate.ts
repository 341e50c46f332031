/**
 * Rates this close are the same: a `Frame Time` of three digits (0.00833) is off by 4e-4, while the closest
 * rates that differ (30 and 29.97) are 1e-3 apart.
 */
const SAME_RATE = 5e-4;

/** Frames per second of a frame time; a whole number where the frame time is that number's rounded inverse. */
export function nominalFps(frameTime: number): number {
  const fps = 1 / frameTime;
  const whole = Math.round(fps);
  return isSameRate(fps, whole) ? whole : fps;
}

export function isSameRate(fps: number, other: number): boolean {
  return Math.abs(fps - other) <= SAME_RATE * other;
}

/** Which frames of a clip each frame of a resampled clip lies between. */
export interface FrameSamples {
  readonly frameCount: number;
  /** The frame at or before the sample. */
  readonly low: Int32Array;
  /** 0..1, how far the sample is on the way to the next frame; 0 is the frame itself. */
  readonly amount: Float64Array;
}

/** Rounding of the quotient of two rates times a frame number, frames. */
const ROUNDING = 1e-9;

/**
 * Frames of a clip at another rate. Frame 0 stays frame 0, and nothing reaches past the last frame, so the
 * last sample is less than one new frame before it.
 */
export function resampledFrameCount(frameCount: number, fromFps: number, toFps: number): number {
  if (frameCount === 0) return 0;
  return Math.floor(((frameCount - 1) * toFps) / fromFps + ROUNDING) + 1;
}

/**
 * Where the frames of a clip at another rate lie.
 * @param leadFrames calibration frames at the start: the last of them is held until the motion begins
 */
export function sampleFrames(
  frameCount: number,
  fromFps: number,
  toFps: number,
  leadFrames = 0,
): FrameSamples {
  const count = resampledFrameCount(frameCount, fromFps, toFps);
  const low = new Int32Array(count);
  const amount = new Float64Array(count);
  for (let sample = 0; sample < count; sample++) {
    // Multiplied before it is divided: whole frames come out whole.
    const at = Math.min(frameCount - 1, (sample * fromFps) / toFps);
    low[sample] = Math.floor(at + ROUNDING);
    const part = at - low[sample];
    const isHeld = low[sample] === leadFrames - 1 || part <= ROUNDING;
    amount[sample] = isHeld ? 0 : part;
  }
  return { frameCount: count, low, amount };
}

/** Values between frames, linear in time; shape [frame][channel]. A frame that is hit keeps its numbers. */
export function interpolateChannels(
  values: Float64Array,
  channels: number,
  { frameCount, low, amount }: FrameSamples,
): Float64Array {
  const out = new Float64Array(frameCount * channels);
  for (let frame = 0; frame < frameCount; frame++) {
    const from = low[frame] * channels;
    const part = amount[frame];
    const to = frame * channels;
    for (let channel = 0; channel < channels; channel++) {
      const a = values[from + channel];
      // Where both are equal the sum may be off by its rounding; where the frame is hit the next may be NaN.
      const b = part === 0 ? a : values[from + channels + channel];
      out[to + channel] = a === b || part === 0 ? a : a * (1 - part) + b * part;
    }
  }
  return out;
}
