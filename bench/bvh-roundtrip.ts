/**
 * BVH in, BVH out: captured clips with drift and jitter on their rotations and root, refined through the whole
 * path, read back from the written bytes and compared with the truth. Also the same path with clean clips, and
 * with strength 0.
 *
 *   node bench/bvh-roundtrip.ts [--split val|test] [--model posemend] [--brief] [--json FILE]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Random, seededRandom, wander } from '../assets/samples/random.ts';
import type { FootLockMode } from '../motion/contact/foot-lock.ts';
import { clipToBvhMotion } from '../motion/formats/bvh-clip.ts';
import { writeBvh } from '../motion/formats/bvh-write.ts';
import { axisAngleToQuat } from '../motion/math/axis-angle.ts';
import { multiplyQuat, quatAngle } from '../motion/math/quat.ts';
import { accelErrorMmPerFrame2 } from '../motion/metrics/accel-error.ts';
import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { quantile } from '../motion/quality/pqe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../motion/skeleton/clip.ts';
import { solveFk } from '../motion/skeleton/fk.ts';
import { bvhOriginal } from '../native-model/formats/clip-source.ts';
import { type OpenedClip, openClip } from '../native-model/formats/open-clip.ts';
import { encodeTake, RefineResources, refineClip } from '../native-model/index.ts';
import { mocapFiles } from './mocap.ts';

/** Corruption of every joint's local rotation and of the root, standard deviations per axis. */
export const CORRUPTION = { driftDegrees: 2.5, jitterDegrees: 2.5, rootDriftMm: 25, rootJitterMm: 6 };
const POLE_SECONDS = 0.35;

const { values: options } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    model: { type: 'string', default: 'posemend' },
    json: { type: 'string' },
    brief: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'posemend-roundtrip-'));
const rows: Record<string, number | string>[] = [];
const resources = new RefineResources();
try {
  for (const [index, path] of mocapFiles(options.split as 'test').entries()) {
    const truth = await openClip(path);
    const noisyPath = join(folder, basename(path));
    writeFileSync(noisyPath, corruptBvh(truth, index));
    const noisy = await openClip(noisyPath);
    rows.push(await compare('corrupted', noisy, truth, 1));
    rows.push(await compare('clean', truth, truth, 1));
    if (options.brief) continue;
    rows.push(await compare('corrupted, foot lock auto', noisy, truth, 1, 'auto'));
    rows.push(await compare('corrupted, foot lock strong', noisy, truth, 1, 'strong'));
    rows.push(await compare('strength 0', truth, truth, 0));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
await resources.dispose();
for (const kind of new Set(rows.map((row) => row.kind as string))) summarise(kind);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, null, 1)}\n`);

async function compare(
  kind: string,
  input: OpenedClip,
  truth: OpenedClip,
  strength: number,
  footLock: FootLockMode = 'off',
): Promise<Record<string, number | string>> {
  const take = await refineClip(
    input,
    { model: options.model, strength, device: 'cpu', library: 'default', footLock },
    {},
    resources,
  );
  const bytes = await encodeTake(take, 'bvh');
  const out = join(folder, 'out.bvh');
  writeFileSync(out, bytes);
  const result = await openClip(out);
  const before = error(input, truth);
  const after = error(result, truth);
  const speeds = jointSpeeds(input, truth.leadFrames);
  return {
    kind,
    clip: input.name,
    frames: input.frameCount - truth.leadFrames,
    mpjpeBefore: before.mpjpe,
    mpjpeAfter: after.mpjpe,
    accelBefore: before.accel,
    accelAfter: after.accel,
    globalBefore: before.global,
    globalAfter: after.global,
    slideBefore: take.report.summary.footSlideBeforeMmPerFrame,
    slideAfter: take.report.summary.footSlideAfterMmPerFrame,
    boneLengthRangeMm: boneLengthRangeMm(result),
    headerEqual: Number(headerOf(input) === headerOf(result) && input.frameTime === result.frameTime),
    // Fastest joint against the input's own 99.9th percentile.
    speedRatio: Math.max(...jointSpeeds(result, truth.leadFrames)) / quantile(speeds, 0.999),
    speedRatioInput: Math.max(...speeds) / quantile(speeds, 0.999),
  };
}

function error(clip: OpenedClip, truth: OpenedClip): { mpjpe: number; accel: number; global: number } {
  const from = truth.leadFrames * BODY17_COUNT * 3;
  const a = clip.body17.slice(from);
  const b = truth.body17.slice(from);
  const shape = { frames: b.length / (BODY17_COUNT * 3), joints: BODY17_COUNT, root: 0 };
  return {
    mpjpe: mpjpeMm(a, b, shape),
    accel: accelErrorMmPerFrame2(a, b, shape),
    global: mpjpeMm(a, b, { ...shape, root: null }),
  };
}

function skeletonClip(clip: OpenedClip): SkeletonClip {
  if (clip.source.kind !== 'skeleton') throw new Error(`${clip.path} is no BVH`);
  return clip.source.clip;
}

function headerOf(clip: OpenedClip): string {
  return bvhOriginal(clip.source)?.document.header.text ?? '';
}

/** Widest range of any bone's length over the clip, mm, from world positions. */
function boneLengthRangeMm(opened: OpenedClip): number {
  const clip = skeletonClip(opened);
  const { parents } = clip.skeleton;
  const positions = new Float64Array(parents.length * 3);
  const rotations = new Float64Array(parents.length * 4);
  const low = new Float64Array(parents.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(parents.length);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, positions, rotations);
    parents.forEach((parent, node) => {
      if (parent < 0) return;
      const [x, y, z] = [0, 1, 2].map((axis) => positions[node * 3 + axis] - positions[parent * 3 + axis]);
      const length = Math.hypot(x, y, z);
      low[node] = Math.min(low[node], length);
      high[node] = Math.max(high[node], length);
    });
  }
  return 1000 * Math.max(...Array.from(low, (value, node) => (high[node] > 0 ? high[node] - value : 0)));
}

/** Radians per frame of every joint that turns, over the motion (the T-pose frame is left out). */
function jointSpeeds(opened: OpenedClip, leadFrames: number): Float64Array {
  const { localRotations, skeleton, frameCount } = skeletonClip(opened);
  const nodes = skeleton.names.length;
  const speeds: number[] = [];
  for (let frame = leadFrames + 1; frame < frameCount; frame++) {
    for (let node = 0; node < nodes; node++) {
      if (skeleton.isEndSite[node]) continue;
      speeds.push(
        quatAngle(
          localRotations,
          ((frame - 1) * nodes + node) * 4,
          localRotations,
          (frame * nodes + node) * 4,
        ),
      );
    }
  }
  return Float64Array.from(speeds);
}

function corruptBvh(opened: OpenedClip, seed: number): Uint8Array {
  if (opened.source.kind !== 'skeleton') throw new Error(`${opened.path} is no BVH`);
  const { clip } = opened.source;
  const { document, units } = bvhOriginal(opened.source)!;
  const random = seededRandom(seed + 1);
  const nodes = clip.skeleton.names.length;
  const localRotations = clip.localRotations.slice();
  const localTranslations = clip.localTranslations.slice();
  const turn = new Float64Array(4);
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  for (let node = 0; node < nodes; node++) {
    if (clip.skeleton.isEndSite[node]) continue;
    const axes = noiseAxes(clip, radians(CORRUPTION.driftDegrees), radians(CORRUPTION.jitterDegrees), random);
    for (let frame = opened.leadFrames; frame < clip.frameCount; frame++) {
      axisAngleToQuat(
        turn,
        0,
        axes.map((axis) => axis[frame]),
        0,
      );
      const at = (frame * nodes + node) * 4;
      multiplyQuat(localRotations, at, localRotations, at, turn, 0);
    }
  }
  const axes = noiseAxes(clip, CORRUPTION.rootDriftMm / 1000, CORRUPTION.rootJitterMm / 1000, random);
  for (let frame = opened.leadFrames; frame < clip.frameCount; frame++) {
    for (let axis = 0; axis < 3; axis++) localTranslations[frame * nodes * 3 + axis] += axes[axis][frame];
  }
  return writeBvh(document, clipToBvhMotion(document, { ...clip, localRotations, localTranslations }, units));
}

function noiseAxes(clip: SkeletonClip, drift: number, jitter: number, random: Random): Float64Array[] {
  return [0, 1, 2].map(() =>
    wander(clip.frameCount, clip.frameTime, POLE_SECONDS, random).map(
      (value) => drift * value + jitter * random.gauss(),
    ),
  );
}

function summarise(kind: string): void {
  const chosen = rows.filter((row) => row.kind === kind) as Record<string, number>[];
  const frames = chosen.reduce((sum, row) => sum + row.frames, 0);
  const mean = (key: string): number => chosen.reduce((sum, row) => sum + row.frames * row[key], 0) / frames;
  const most = (key: string): number => Math.max(...chosen.map((row) => row[key]));
  const less = (key: string): string =>
    `${mean(`${key}Before`).toFixed(2)} -> ${mean(`${key}After`).toFixed(2)} (${((1 - mean(`${key}After`) / mean(`${key}Before`)) * 100).toFixed(0)} % less)`;
  console.log(
    `${kind}: ${chosen.length} clips, MPJPE ${less('mpjpe')}, Accel ${less('accel')}, global MPJPE ${less('global')}, bone lengths vary by ${most('boneLengthRangeMm').toFixed(4)} mm, header and frame time equal in ${chosen.filter((row) => row.headerEqual === 1).length}, fastest joint ${most('speedRatio').toFixed(2)} x the input's 99.9th percentile (input itself ${most('speedRatioInput').toFixed(2)})`,
  );
}
