import type { TakeQuality } from '../../contract/takes.ts';
import {
  jointAccelMmPerFrame2,
  jointSpeedMPerS,
  meanAccelMmPerFrame2,
  meanSpeedMPerS,
} from '../../motion/metrics/joint-speed.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { Poses } from '../state/poses.ts';
import { errorPerFrame } from '../state/selectors.ts';
import type { CurveName, HeatMetric } from '../state/view.ts';
import { buildPyramid, type ValuePyramid } from './value-pyramid.ts';

/**
 * What the tracks draw from, made once per take or clip and forgotten with its frames. A joint is a body-17 index, or
 * null for all of them together.
 */
const qualityTracks = new WeakMap<TakeQuality, Map<string, ValuePyramid>>();
const motionTracks = new WeakMap<Poses, Map<string, ValuePyramid>>();

/** PQE of every frame. */
export function pqeTrack(quality: TakeQuality): ValuePyramid {
  return kept(qualityTracks, quality, 'pqe', () => buildPyramid(quality.pqe));
}

/** One row of the heat map for each body-17 joint. */
export function heatRows(quality: TakeQuality, metric: HeatMetric): ValuePyramid[] {
  const values = metric === 'pqe' ? quality.pqeJoints : quality.jointErrorMm;
  return Array.from({ length: BODY17_COUNT }, (_, joint) =>
    kept(qualityTracks, quality, `${metric} ${joint}`, () => buildPyramid(values, BODY17_COUNT, joint)),
  );
}

/** Error of the input, mm: expected, or what was corrected where a method gives no expectation. */
export function errorTrack(quality: TakeQuality, joint: number | null): ValuePyramid {
  if (joint !== null) return heatRows(quality, 'error')[joint];
  return kept(qualityTracks, quality, 'error', () => buildPyramid(errorPerFrame(quality)));
}

/** Expected error left in the result, mm; null where a method gives none. */
export function errorAfterTrack(quality: TakeQuality): ValuePyramid | null {
  if (quality.expectedErrorAfterMm.length === 0) return null;
  return kept(qualityTracks, quality, 'after', () => buildPyramid(quality.expectedErrorAfterMm));
}

/** Speed, m/s, or acceleration, mm/frame^2; null for clips without 3D positions. */
export function motionTrack(
  poses: Poses,
  curve: Exclude<CurveName, 'error'>,
  joint: number | null,
  frameTime: number,
): ValuePyramid | null {
  if (poses.body17.length === 0) return null;
  return kept(motionTracks, poses, `${curve} ${joint}`, () =>
    buildPyramid(motionValues(poses.body17, curve, joint, frameTime)),
  );
}

function motionValues(
  body17: Float32Array,
  curve: Exclude<CurveName, 'error'>,
  joint: number | null,
  frameTime: number,
): Float32Array {
  if (curve === 'speed') {
    return joint === null
      ? meanSpeedMPerS(body17, BODY17_COUNT, frameTime)
      : jointSpeedMPerS(body17, BODY17_COUNT, joint, frameTime);
  }
  return joint === null
    ? meanAccelMmPerFrame2(body17, BODY17_COUNT)
    : jointAccelMmPerFrame2(body17, BODY17_COUNT, joint);
}

/** `frameTime` never changes for an object's lifetime, so the name of a track is all that tells tracks apart. */
function kept<Owner extends object>(
  tracks: WeakMap<Owner, Map<string, ValuePyramid>>,
  owner: Owner,
  name: string,
  make: () => ValuePyramid,
): ValuePyramid {
  let own = tracks.get(owner);
  if (own === undefined) {
    own = new Map();
    tracks.set(owner, own);
  }
  let found = own.get(name);
  if (found === undefined) {
    found = make();
    own.set(name, found);
  }
  return found;
}
