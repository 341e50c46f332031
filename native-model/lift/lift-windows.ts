import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { mirrorJoints } from '../../motion/skeleton/mirror.ts';
import { windowSpacing } from '../../motion/windows/dilation.ts';
import { fromGrid, gridFrames, toGrid } from '../../motion/windows/grid.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { addWindow, createSwaa, finishSwaa } from '../../motion/windows/swaa.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import type { LifterCard } from './lifter-card.ts';

/** What the network makes of a clip. */
export interface LiftedPoses {
  /** Metres relative to the pelvis in camera axes (x right, y up, z towards the viewer), [frame][17][xyz]. */
  readonly pose: Float64Array;
  /** Where up is in camera axes, [frame][xyz]; means of unit vectors. */
  readonly up: Float64Array;
}

const POSE = BODY17_COUNT * 3;
/** Windows per call of the network, each also mirrored. */
const BATCH = 4;
/** Frame time in grid steps from which frames are inserted: motion up to this much too fast was trained on. */
const SLOWEST = 1.45;

/**
 * The lifting network over a clip: the keypoints on the grid, overlapping windows, each also looked at mirrored,
 * weighted SWAA, and splines back to the clip's frames. native-model/training/evaluate_mixste.py does the same.
 *
 * @param rays x and y of each joint's ray, [frame][17][xy]; NaN where not seen
 * @param confidence 0 where not seen, [frame][17]
 * @param giveWay called between batches; may throw
 */
export async function liftWindows(
  rays: Float64Array,
  confidence: Float64Array,
  frameTime: number,
  session: Pick<OnnxSession, 'run'>,
  card: Pick<LifterCard, 'windowLength' | 'stride' | 'targetFps' | 'lowPass'>,
  giveWay: (share: number) => Promise<void>,
): Promise<LiftedPoses> {
  const inserted = insertedFrames(frameTime, card.targetFps);
  const { tracks, sure } = filled(rays, confidence, inserted);
  const frameCount = sure.length / BODY17_COUNT;
  const spacing = windowSpacing(frameTime / inserted, card.targetFps);
  const grid = toGrid(tracks, frameCount, POSE, spacing, card.lowPass);
  const gridCount = gridFrames(frameCount, spacing);
  for (let at = 0; at < gridCount * BODY17_COUNT; at++) {
    const frame = Math.min(frameCount - 1, Math.floor(at / BODY17_COUNT) * spacing);
    const told = sure[frame * BODY17_COUNT + (at % BODY17_COUNT)];
    grid[at * 3 + 2] = told;
    if (told === 0) grid.fill(0, at * 3, at * 3 + 2);
  }

  const { windowLength: T } = card;
  const plan = planWindows(gridCount, { length: T, stride: card.stride, spacing: 1 });
  const weights = Float64Array.from(
    { length: T },
    (_, slot) => Math.sin((Math.PI * (slot + 0.5)) / T) ** 2 + 1e-3,
  );
  const sums = { pose: createSwaa(gridCount, POSE), up: createSwaa(gridCount, 3) };
  const windows = new Float32Array(2 * BATCH * T * POSE);
  const turned = new Float32Array(T * POSE);
  const total = plan.starts.length;
  for (let first = 0; first < total; first += BATCH) {
    await giveWay(first / total);
    const count = Math.min(BATCH, total - first);
    windows.fill(0);
    for (let w = 0; w < count; w++) {
      const start = plan.starts[first + w];
      windows.set(grid.subarray(start * POSE, Math.min(gridCount, start + T) * POSE), w * T * POSE);
      mirrorJoints(windows, (count + w) * T * POSE, windows, w * T * POSE, T, 3);
    }
    const shape = [2 * count, T, BODY17_COUNT, 3];
    const { pose, up } = await session.run({ keypoints: { data: windows, shape } });
    for (let w = 0; w < count; w++) {
      const start = plan.starts[first + w];
      addWindow(sums.pose, pose, w * T * POSE, start, plan, weights);
      addWindow(sums.up, up, w * T * 3, start, plan, weights);
      mirrorJoints(turned, 0, pose, (count + w) * T * POSE, T, 3);
      addWindow(sums.pose, turned, 0, start, plan, weights);
      const other = up.slice((count + w) * T * 3, (count + w + 1) * T * 3);
      addWindow(
        sums.up,
        other.map((value, at) => (at % 3 === 0 ? -value : value)),
        0,
        start,
        plan,
        weights,
      );
    }
  }
  const onClip = (values: Float64Array, channels: number): Float64Array =>
    everyNth(fromGrid(values, frameCount, channels, spacing), channels, inserted);
  return { pose: onClip(finishSwaa(sums.pose), POSE), up: onClip(finishSwaa(sums.up), 3) };
}

/** Frames of the network's clip per frame of a slow one: below about 20 frames a second motion would look too fast. */
function insertedFrames(frameTime: number, targetFps: number): number {
  return frameTime * targetFps > SLOWEST ? Math.round(frameTime * targetFps) : 1;
}

/**
 * Rays without gaps, linear in time, with room for the confidence, [frame][17][x, y, 0], and the confidence; each
 * frame followed by `inserted` - 1 made-up ones.
 */
function filled(
  rays: Float64Array,
  confidence: Float64Array,
  inserted: number,
): { readonly tracks: Float64Array; readonly sure: Float64Array } {
  const frameCount = confidence.length / BODY17_COUNT;
  const count = (frameCount - 1) * inserted + 1;
  const packed = new Float64Array(frameCount * POSE);
  for (let at = 0; at < confidence.length; at++) {
    packed.set(confidence[at] > 0 ? rays.subarray(at * 2, at * 2 + 2) : [Number.NaN, Number.NaN], at * 3);
  }
  const { positions } = fillGaps(packed, BODY17_PARENTS);
  if (inserted === 1) return { tracks: positions, sure: confidence };
  const tracks = new Float64Array(count * POSE);
  const sure = new Float64Array(count * BODY17_COUNT);
  for (let at = 0; at < sure.length; at++) {
    const frame = Math.floor(at / BODY17_COUNT);
    const from = Math.floor(frame / inserted) * BODY17_COUNT + (at % BODY17_COUNT);
    const part = (frame % inserted) / inserted;
    const to = part === 0 ? from : from + BODY17_COUNT;
    sure[at] = Math.min(confidence[from], confidence[to]);
    for (let axis = 0; axis < 2; axis++) {
      tracks[at * 3 + axis] = (1 - part) * positions[from * 3 + axis] + part * positions[to * 3 + axis];
    }
  }
  return { tracks, sure };
}

/** Every n-th frame, [frame][channel]. */
function everyNth(values: Float64Array, channels: number, n: number): Float64Array {
  if (n === 1) return values;
  const frames = Math.ceil(values.length / channels / n);
  return Float64Array.from(
    { length: frames * channels },
    (_, at) => values[Math.floor(at / channels) * n * channels + (at % channels)],
  );
}
