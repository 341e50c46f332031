import { jointDistancesMm, rootRelative } from '../../motion/metrics/joint-distances.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { windowSpacing } from '../../motion/windows/dilation.ts';
import { fromGrid, gridFrames, toGrid } from '../../motion/windows/grid.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { settle } from '../../motion/windows/settle.ts';
import { addWindow, createSwaa, finishSwaa } from '../../motion/windows/swaa.ts';
import type { SmoothNetCard } from '../inference/model-card.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { createGiveWay, type GiveWay } from './give-way.ts';
import type { MotionInput, RefinedMotion } from './refine-motion.ts';
import { createStopwatch } from './stopwatch.ts';

const POSE = BODY17_COUNT * 3;
/** Windows per call of the network, which keeps the event loop to itself for the time it runs (under 0.1 s). */
const BATCH = 16;

/**
 * The pipeline of SmoothNet (Zeng et al. 2022): on the grid, every channel by itself through the network, SWAA, and
 * splines back to the clip's frames. The channels are the pelvis' path in the world and, for the other joints, the
 * way from the pelvis. The network takes a window's mean off by itself and puts it back.
 *
 * @throws PoseMendError('cancelled') when the signal fires
 */
export async function refineChannels(
  { body17, frameTime }: MotionInput,
  network: ChannelNetwork,
  hooks: JobHooks,
): Promise<RefinedMotion> {
  const frameCount = body17.length / POSE;
  const giveWay = createGiveWay(hooks.signal);
  const stopwatch = createStopwatch('windows', 'network', 'average');
  const smooth = await smoothChannels(
    fromPelvis(body17),
    POSE,
    frameTime,
    network,
    giveWay,
    hooks,
    stopwatch,
  );
  const refined = inWorld(smooth);
  await giveWay();
  const spacing = windowSpacing(frameTime, network.card.targetFps);
  const positions = settle(refined, body17, frameCount, spacing, 0);
  await giveWay();
  const disagreementMm = jointDistancesMm(rootRelative(body17), rootRelative(positions));
  stopwatch.lap('average');
  const { timings: timingsMs } = stopwatch;
  return { positions, disagreementMm, errorsMm: null, surprise: null, references: null, timingsMs };
}

/** A SmoothNet that is ready to run. */
export interface ChannelNetwork {
  readonly session: OnnxSession;
  readonly card: SmoothNetCard;
}

/**
 * Any number of channels, [frame][channel], each by itself through the network: grid, windows, SWAA, splines back. In
 * metres, as the network was trained on metres.
 * @throws PoseMendError('cancelled') when the signal fires
 */
export async function smoothChannels(
  values: Float64Array,
  width: number,
  frameTime: number,
  { session, card }: ChannelNetwork,
  giveWay: GiveWay,
  { onProgress }: Pick<JobHooks, 'onProgress'> = {},
  { lap } = createStopwatch('windows', 'network', 'average'),
): Promise<Float64Array> {
  const frameCount = values.length / width;
  const spacing = windowSpacing(frameTime, card.targetFps);

  const grid = toGrid(values, frameCount, width, spacing, card.lowPass);
  const gridCount = gridFrames(frameCount, spacing);
  await giveWay();

  const plan = planWindows(gridCount, { length: card.windowLength, stride: card.stride, spacing: 1 });
  const size = plan.length * width;
  const channels = new Float32Array(BATCH * size);
  const window = new Float64Array(size);
  const sums = createSwaa(gridCount, width);
  const total = plan.starts.length;
  for (let first = 0; first < total; first += BATCH) {
    onProgress?.({ done: first, total, stage: 'refine' });
    const count = Math.min(BATCH, total - first);
    for (let w = 0; w < count; w++) {
      for (let slot = 0; slot < plan.length; slot++) {
        const from = Math.min(gridCount - 1, plan.starts[first + w] + slot) * width;
        for (let channel = 0; channel < width; channel++) {
          channels[w * size + channel * plan.length + slot] = grid[from + channel];
        }
      }
    }
    lap('windows');
    await giveWay();
    const { smoothed } = await session.run({
      channels: { data: channels, shape: [count * width, plan.length] },
    });
    lap('network');
    for (let w = 0; w < count; w++) {
      for (let at = 0; at < size; at++) {
        window[at] = smoothed[w * size + (at % width) * plan.length + Math.floor(at / width)];
      }
      addWindow(sums, window, 0, plan.starts[first + w], plan);
    }
    lap('average');
    await giveWay();
  }
  onProgress?.({ done: total, total, stage: 'refine' });
  return fromGrid(finishSwaa(sums), frameCount, width, spacing);
}

/** The pelvis as it is, the other joints relative to the pelvis of their frame. */
function fromPelvis(body17: Float64Array): Float64Array {
  const out = body17.slice();
  for (let at = 0; at < out.length; at++) if (at % POSE >= 3) out[at] -= body17[pelvisOf(at)];
  return out;
}

/** Undoes `fromPelvis`, in place. */
function inWorld(channels: Float64Array): Float64Array {
  for (let at = 0; at < channels.length; at++) if (at % POSE >= 3) channels[at] += channels[pelvisOf(at)];
  return channels;
}

/** Where the pelvis has the value that another joint has at `at`; it is joint 0. */
function pelvisOf(at: number): number {
  return at - (at % POSE) + (at % 3);
}
