import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { prefilter, windowSpacing } from '../../motion/windows/dilation.ts';
import { findHeading, fromHeading, HEADING_SIZE, toHeading } from '../../motion/windows/heading.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { settle } from '../../motion/windows/settle.ts';
import { sliceWindow } from '../../motion/windows/slice-window.ts';
import { createSwaa, finishSwaa } from '../../motion/windows/swaa.ts';
import { addWindows } from '../../motion/windows/swaa-batch.ts';
import type { SynspCard } from '../inference/model-card.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import { runSynsp, type WindowBatch } from '../inference/synsp-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { createReferenceFinder } from './find-references.ts';
import { createGiveWay } from './give-way.ts';
import type { MotionInput, ReferenceSource, RefinedMotion } from './refine-motion.ts';
import { createStopwatch } from './stopwatch.ts';

/**
 * Windows per call of the network, which keeps the event loop to itself for the time it runs (under 0.1 s on two
 * cores). Half as many make the network 14 % slower.
 */
const BATCH = 128;
const POSE = BODY17_COUNT * 3;

/**
 * The pipeline of SynSP++ and SynSP: windows at the network's time span, references from the store, the network, and
 * SWAA.
 *
 * @throws PoseMendError('cancelled') when the signal fires
 */
export async function refineWindows(
  { body17, frameTime }: MotionInput,
  { session, card }: { readonly session: OnnxSession; readonly card: SynspCard },
  { store, rules }: ReferenceSource,
  { onProgress, signal }: JobHooks,
): Promise<RefinedMotion> {
  const T = card.windowLength;
  const frameCount = body17.length / POSE;
  const spacing = windowSpacing(frameTime, card.targetFps);
  const giveWay = createGiveWay(signal);
  const plan = planWindows(frameCount, { length: T, stride: card.stride, spacing });
  const smooth = prefilter(body17, frameCount, POSE, spacing, card.prefilterSigma);
  await giveWay();
  const finder =
    store === null || card.architecture === 'synsp'
      ? null
      : await createReferenceFinder(store, plan.starts.length, rules);

  const size = T * POSE;
  const batch = createBatch(size, [spacing * frameTime * card.targetFps, frameTime * card.targetFps]);
  const headings = Array.from({ length: BATCH }, () => new Float64Array(HEADING_SIZE));
  const raw = new Float64Array(size);
  const sums = createSwaa(frameCount, POSE);
  const disagreements = createSwaa(frameCount, BODY17_COUNT);
  const distances = new Float64Array(BATCH * T * BODY17_COUNT);
  const { timings, lap, skip } = createStopwatch('windows', 'references', 'network', 'average');

  for (let first = 0; first < plan.starts.length; first += BATCH) {
    onProgress?.({ done: first, total: plan.starts.length, stage: 'refine' });
    const count = Math.min(BATCH, plan.starts.length - first);
    skip();

    for (let w = 0; w < count; w++) {
      sliceWindow(raw, 0, smooth, POSE, plan.starts[first + w], plan);
      findHeading(headings[w], raw, 0, T);
      toHeading(batch.window, w * size, raw, 0, T * BODY17_COUNT, headings[w]);
    }
    lap('windows');
    if (finder === null) {
      // Without a library a window is its own reference: the nearest thing there is to no reference.
      batch.found.set(batch.window);
      batch.distance.fill(0);
    } else {
      await finder.fill(batch, count, first);
    }
    lap('references');
    await giveWay();
    const refined = await runSynsp(session, card, { ...batch, count });
    lap('network');
    for (let w = 0; w < count; w++) {
      fromHeading(refined.final, w * size, refined.final, w * size, T * BODY17_COUNT, headings[w]);
    }
    branchDistances(distances, refined.position, refined.acceleration, count * T * BODY17_COUNT);
    addWindows(sums, refined.final, count, first, plan);
    addWindows(disagreements, distances, count, first, plan);
    lap('average');
    await giveWay();
  }
  onProgress?.({ done: plan.starts.length, total: plan.starts.length, stage: 'refine' });
  const averaged = finishSwaa(sums);
  const disagreementMm = finishSwaa(disagreements);
  await giveWay();
  const positions = settle(averaged, body17, frameCount, spacing, card.settleSigma);
  await giveWay();
  return {
    positions,
    disagreementMm,
    errorsMm: null,
    surprise: null,
    references: finder === null ? null : finder.references(plan),
    timingsMs: timings,
  };
}

function createBatch(size: number, step: readonly [number, number]): WindowBatch {
  const steps = new Float32Array(BATCH * 2);
  for (let w = 0; w < BATCH; w++) steps.set(step, w * 2);
  return {
    count: BATCH,
    window: new Float32Array(BATCH * size),
    found: new Float32Array(BATCH * size),
    distance: new Float32Array(BATCH),
    step: steps,
  };
}

/** Distances between the two branches' joints, mm, for `count` joints. */
function branchDistances(out: Float64Array, a: Float32Array, b: Float32Array, count: number): void {
  for (let n = 0; n < count; n++) {
    const at = n * 3;
    out[n] = 1000 * Math.hypot(a[at] - b[at], a[at + 1] - b[at + 1], a[at + 2] - b[at + 2]);
  }
}
