import { quantile } from '../../motion/quality/pqe.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { countShortGapsAsSeen } from '../../motion/skeleton/short-gaps.ts';
import { windowSpacing } from '../../motion/windows/dilation.ts';
import { fromGrid, gridFrames, toGrid } from '../../motion/windows/grid.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { settle } from '../../motion/windows/settle.ts';
import { addWindow, createSwaa, finishSwaa } from '../../motion/windows/swaa.ts';
import type { PosemendCard } from '../inference/model-card.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { createGiveWay } from './give-way.ts';
import type { MotionInput, ReferenceSource, RefinedMotion } from './refine-motion.ts';
import { createChunks, fillChunk, inWorld, mirrorChunk, unmirrored } from './sequence-chunks.ts';
import { sequenceReferences } from './sequence-references.ts';
import { createStopwatch } from './stopwatch.ts';

const POSE = BODY17_COUNT * 3;
/** Chunks per call of the network, which keeps the event loop to itself for the time it runs. */
const BATCH = 8;
/** Outputs beside the motion: what the network says of itself. */
const SIDE_OUTPUTS = ['disagreement', 'before', 'after', 'surprise'] as const;

/**
 * The pipeline of the `posemend` network: the clip on the grid, chunks of seconds, references, the network, weighted
 * SWAA, and splines back to the clip's frames. native-model/training/evaluate_posemend.py does the same.
 *
 * @throws PoseMendError('cancelled') when the signal fires
 */
export async function refineSequence(
  { body17, seen, frameTime }: MotionInput,
  { session, card }: { readonly session: OnnxSession; readonly card: PosemendCard },
  { store, rules }: ReferenceSource,
  { onProgress, signal }: JobHooks,
): Promise<RefinedMotion> {
  const frameCount = body17.length / POSE;
  const spacing = windowSpacing(frameTime, card.targetFps);
  const giveWay = createGiveWay(signal);
  const { timings, lap } = createStopwatch('windows', 'references', 'network', 'average');

  const grid = toGrid(body17, frameCount, POSE, spacing, card.lowPass);
  const gridCount = gridFrames(frameCount, spacing);
  const longest = Math.round(BRIDGED_SECONDS / frameTime);
  const trusted = seen === null ? null : countShortGapsAsSeen(seen, BODY17_COUNT, longest);
  const seenOnGrid = trusted === null ? null : everyNth(trusted, frameCount, gridCount, spacing);
  const bones = boneLengths(grid, seenOnGrid, gridCount);
  await giveWay();
  lap('windows');
  const references =
    store === null ? null : await sequenceReferences(grid, frameCount, spacing, card, store, rules, giveWay);
  lap('references');

  const plan = planWindows(gridCount, { length: card.windowLength, stride: card.stride, spacing: 1 });
  // Behind a low-pass a frame costs a fraction of what it costs at 30 a second: enough to look at it mirrored, too.
  const looks = spacing > 1 ? 2 : 1;
  const batch = createChunks(BATCH * looks, card.windowLength, bones, [
    spacing * frameTime * card.targetFps,
    frameTime * card.targetFps,
  ]);
  const weights = taper(card.windowLength);
  const sums = {
    final: createSwaa(gridCount, POSE),
    disagreement: createSwaa(gridCount, BODY17_COUNT),
    before: createSwaa(gridCount, BODY17_COUNT),
    after: createSwaa(gridCount, BODY17_COUNT),
    surprise: createSwaa(gridCount, 1),
  };
  const world = new Float64Array(card.windowLength * POSE);
  const total = plan.starts.length;
  for (let first = 0; first < total; first += BATCH) {
    onProgress?.({ done: first, total, stage: 'refine' });
    const count = Math.min(BATCH, total - first);
    for (let w = 0; w < count; w++) {
      fillChunk(batch, w, grid, seenOnGrid, references, plan, plan.starts[first + w]);
    }
    lap('windows');
    await giveWay();
    for (let w = 0; w < count * (looks - 1); w++) mirrorChunk(batch, w, count + w);
    const outputs = await session.run(batch.feeds(count * looks));
    lap('network');
    for (let w = 0; w < count * looks; w++) {
      const start = plan.starts[first + (w % count)];
      const isMirrored = w >= count;
      const said = isMirrored ? unmirrored(outputs, w, plan.length) : outputs;
      const place = isMirrored ? 0 : w * plan.length;
      inWorld(world, said.final, place * POSE, batch, w);
      addWindow(sums.final, world, 0, start, plan, weights);
      for (const name of SIDE_OUTPUTS) {
        addWindow(sums[name], said[name], place * sums[name].channels, start, plan, weights);
      }
    }
    lap('average');
    await giveWay();
  }
  onProgress?.({ done: total, total, stage: 'refine' });

  const onClip = (swaa: (typeof sums)['final']): Float64Array =>
    fromGrid(finishSwaa(swaa), frameCount, swaa.channels, spacing);
  const refined = onClip(sums.final);
  await giveWay();
  const positions = settle(refined, body17, frameCount, spacing, card.settleSigma);
  await giveWay();
  const toMm = (metres: Float64Array): Float64Array => metres.map((value) => Math.max(0, value) * 1000);
  const before = toMm(onClip(sums.before));
  if (spacing > 1) addLostByGrid(before, body17, fromGrid(grid, frameCount, POSE, spacing));
  const motion = {
    positions,
    disagreementMm: toMm(onClip(sums.disagreement)),
    errorsMm: { before, after: toMm(onClip(sums.after)) },
    surprise: onClip(sums.surprise),
    references: references === null ? null : references.windows,
  };
  lap('average');
  return { ...motion, timingsMs: timings };
}

/**
 * A joint that is missing for longer is told to the network as missing. Chosen on val: up to a second the straight line says more
 * than nothing does, and scattered gaps do not shake (Accel 13.3 to 2.3 on the sample with a tenth of the joints missing).
 */
const BRIDGED_SECONDS = 1;

/** Weights within a chunk for SWAA: its middle, which sees both sides, counts most. */
function taper(length: number): Float64Array {
  return Float64Array.from({ length }, (_, slot) => Math.sin((Math.PI * (slot + 0.5)) / length) ** 2 + 1e-3);
}

function everyNth(seen: Uint8Array, frameCount: number, gridCount: number, spacing: number): Uint8Array {
  const out = new Uint8Array(gridCount * BODY17_COUNT);
  for (let g = 0; g < gridCount; g++) {
    const from = Math.min(frameCount - 1, g * spacing) * BODY17_COUNT;
    for (let joint = 0; joint < BODY17_COUNT; joint++) out[g * BODY17_COUNT + joint] = seen[from + joint];
  }
  return out;
}

/** Median length of each bone over the clip, metres, by child joint 1..16; 0 where it was never seen. */
function boneLengths(grid: Float64Array, seen: Uint8Array | null, gridCount: number): Float32Array {
  const out = new Float32Array(BODY17_COUNT - 1);
  for (let joint = 1; joint < BODY17_COUNT; joint++) {
    const parent = BODY17_PARENTS[joint];
    const lengths: number[] = [];
    for (let frame = 0; frame < gridCount; frame++) {
      const first = frame * BODY17_COUNT;
      if (seen !== null && (seen[first + joint] === 0 || seen[first + parent] === 0)) continue;
      const a = (first + joint) * 3;
      const b = (first + parent) * 3;
      lengths.push(Math.hypot(grid[a] - grid[b], grid[a + 1] - grid[b + 1], grid[a + 2] - grid[b + 2]));
    }
    out[joint - 1] = quantile(lengths, 0.5);
  }
  return out;
}

/**
 * Adds what the low-pass took out to the errors of the input, both of a joint against the pelvis, mm, [frame][17]: the
 * network sees the clip behind the low-pass only.
 */
function addLostByGrid(before: Float64Array, body17: Float64Array, smooth: Float64Array): void {
  for (let frame = 0; frame < before.length; frame += BODY17_COUNT) {
    const pelvis = frame * 3;
    for (let joint = 1; joint < BODY17_COUNT; joint++) {
      let squares = 0;
      for (let axis = 0; axis < 3; axis++) {
        const at = (frame + joint) * 3 + axis;
        const root = pelvis + axis;
        squares += (body17[at] - smooth[at] - (body17[root] - smooth[root])) ** 2;
      }
      before[frame + joint] = Math.hypot(before[frame + joint], 1000 * Math.sqrt(squares));
    }
  }
}
