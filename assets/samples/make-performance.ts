/**
 * Writes the bundled sample, the same bytes every time: a person walks, turns, walks back, waves, sits down and
 * stands up, clean and as a pose estimator might have seen it.
 *
 *     npx node assets/samples/make-performance.ts [FOLDER]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import { bvhFromSkeleton } from '../../motion/formats/bvh-from-skeleton.ts';
import { writeBvh } from '../../motion/formats/bvh-write.ts';
import type { NpyDtype } from '../../motion/formats/npy-dtype.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { FRAME_TIME } from './choreography.ts';
import { addEstimatorNoise } from './estimator-noise.ts';
import { performanceFrames } from './performance.ts';
import { RIG_BODY17 } from './rig.ts';
import { addRotationNoise } from './rotation-noise.ts';
import { solvePerformance } from './solve-pose.ts';

/** Gives noise of average size: MPJPE about 90 mm in both noisy files. */
const NOISE_SEED = 17;
const METRES_PER_UNIT = 0.01;
const FLOAT32: NpyDtype = { descr: '<f4', kind: 'f', itemBytes: 4, isLittleEndian: true };

export interface Sample {
  readonly clean: SkeletonClip;
  readonly noisy: SkeletonClip;
  /** Body-17 positions of the clean clip, and of the noisy one of the NPY file. Metres, [frame][17][xyz]. */
  readonly cleanPositions: Float64Array;
  readonly noisyPositions: Float64Array;
}

export function makeSample(): Sample {
  const clean = solvePerformance('performance', performanceFrames(), FRAME_TIME);
  const cleanPositions = body17Positions(clean, RIG_BODY17);
  return {
    clean,
    noisy: addRotationNoise(clean, NOISE_SEED),
    cleanPositions,
    noisyPositions: addEstimatorNoise(cleanPositions, FRAME_TIME, NOISE_SEED),
  };
}

/** The sample's files by name. */
export function sampleFiles(sample: Sample): ReadonlyMap<string, Uint8Array> {
  return new Map([
    ['performance-clean.bvh', bvhBytes(sample.clean)],
    ['performance-noisy.bvh', bvhBytes(sample.noisy)],
    ['performance-clean.npy', npyBytes(sample.cleanPositions)],
    ['performance-noisy.npy', npyBytes(sample.noisyPositions)],
  ]);
}

/** Centimetres, channel order ZXY. */
function bvhBytes(clip: SkeletonClip): Uint8Array {
  const options = { frameTime: clip.frameTime, metresPerUnit: METRES_PER_UNIT };
  const { document, nodeOfJoint } = bvhFromSkeleton(clip.skeleton, options);
  return writeBvh(
    document,
    clipToBvhMotion(document, clip, { metresPerUnit: METRES_PER_UNIT, nodeOfJoint, base: null }),
  );
}

/** Little-endian float32, shape (frames, 17, 3). */
function npyBytes(positions: Float64Array): Uint8Array {
  const shape = [positions.length / (BODY17_COUNT * 3), BODY17_COUNT, 3];
  return writeNpy({ shape, dtype: FLOAT32, fortranOrder: false, data: positions });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));
  for (const [name, bytes] of sampleFiles(makeSample())) {
    writeFileSync(join(folder, name), bytes);
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
}
