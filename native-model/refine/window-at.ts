import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { prefilter, windowSpacing } from '../../motion/windows/dilation.ts';
import { findHeading, HEADING_SIZE, toHeading } from '../../motion/windows/heading.ts';
import { planWindows, type WindowPlan } from '../../motion/windows/plan-windows.ts';
import { sliceWindow } from '../../motion/windows/slice-window.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { ModelCard } from '../inference/model-card.ts';
import { BODY17_SCHEMA } from '../pvd/store-schema.ts';
import { gapFreeFrames } from './gap-free-frames.ts';

const POSE = BODY17_COUNT * 3;

/** How short windows lie in a clip. */
export interface WindowCut {
  readonly windowLength: number;
  readonly stride: number;
  readonly targetFps: number;
  readonly prefilterSigma: number;
}

/** The windows a network's references are looked up for; for one that consults none, those a library holds. */
export function referenceLayout(card: ModelCard): WindowCut {
  if (card.architecture === 'synsp++') return card;
  const { windowLength, windowFps } = BODY17_SCHEMA;
  return { windowLength, stride: 1, targetFps: windowFps, prefilterSigma: 0.5 };
}

/** One window as the network reads it. */
export interface ClipWindow {
  /** Frames of the clip in its slots; the last one repeats in clips shorter than a window. */
  readonly frames: readonly number[];
  /** Metres, in window coordinates, [slot][17][xyz]. */
  readonly window: Float32Array;
  /** Of `findHeading`, from window to world coordinates. */
  readonly heading: Float64Array;
}

/**
 * The window of a refine that holds a frame, the most central one of several; for a lead frame that of the first
 * frame after it. Prepared as `refineWindows` does, but only the frames it needs are read, so that the length of
 * the clip does not matter.
 */
export function windowAt(
  clip: Pick<OpenedClip, 'body17' | 'frameCount' | 'frameTime' | 'leadFrames'>,
  frame: number,
  card: WindowCut,
): ClipWindow {
  const { windowLength: T, stride, targetFps, prefilterSigma } = card;
  const { leadFrames } = clip;
  const spacing = windowSpacing(clip.frameTime, targetFps);
  const motionFrames = clip.frameCount - leadFrames;
  const plan = planWindows(motionFrames, { length: T, stride, spacing });
  const start = mostCentralStart(plan, Math.max(0, frame - leadFrames));

  // The low-pass ends at four standard deviations.
  const reach = Math.ceil(4 * prefilterSigma * spacing) + 1;
  const first = Math.max(0, start - reach);
  const last = Math.min(motionFrames - 1, start + (T - 1) * spacing + reach);
  const part = gapFreeFrames(clip.body17, first + leadFrames, last + leadFrames);
  const partFrames = last - first + 1;
  const smooth = prefilter(part, partFrames, POSE, spacing, prefilterSigma);

  const raw = new Float64Array(T * POSE);
  sliceWindow(raw, 0, smooth, POSE, start - first, { ...plan, frameCount: partFrames });
  const heading = new Float64Array(HEADING_SIZE);
  findHeading(heading, raw, 0, T);
  const window = new Float32Array(T * POSE);
  toHeading(window, 0, raw, 0, T * BODY17_COUNT, heading);
  const frames = Array.from(
    { length: T },
    (_, slot) => leadFrames + Math.min(motionFrames - 1, start + slot * spacing),
  );
  return { frames, window, heading };
}

/** Start of the window that reads `frame` nearest to its middle slot; the earlier of two. */
function mostCentralStart({ starts, length, spacing }: WindowPlan, frame: number): number {
  let best = starts[0];
  let bestOffset = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    const slot = (frame - start) / spacing;
    if (!Number.isInteger(slot) || slot < 0 || slot >= length) continue;
    const offset = Math.abs(slot - (length - 1) / 2);
    if (offset >= bestOffset) continue;
    best = start;
    bestOffset = offset;
  }
  return best;
}
