import type { Comparison } from '../state/selectors.ts';
import type { CurveName } from '../state/view.ts';
import { errorAfterTrack, errorTrack, motionTrack } from './track-data.ts';
import type { ValuePyramid } from './value-pyramid.ts';

/** What the plot shows: one or two curves of one quantity. */
export interface CurveSet {
  readonly unit: string;
  /** Digits after the point in labels. */
  readonly digits: number;
  readonly before: ValuePyramid | null;
  readonly after: ValuePyramid | null;
  /** What is missing and what to do about it; null if there is something to draw. */
  readonly note: string | null;
}

/** What values are in. */
export const CURVE_UNITS: Readonly<Record<CurveName, string>> = {
  error: 'mm',
  speed: 'm/s',
  acceleration: 'mm/frame²',
};

/** The curve to show: before the first take and in 2D there is no error, and the input's speed stands in. */
export function shownCurve(chosen: CurveName, { take, active }: Comparison): CurveName {
  const hasError = take !== null && active.clip.info.dimensions === 3;
  return chosen === 'error' && !hasError ? 'speed' : chosen;
}

/** Curves of the versions on show, of one body-17 joint or (null) the mean of all. */
export function curveSet(comparison: Comparison, curve: CurveName, joint: number | null): CurveSet {
  const { before, after, note } =
    curve === 'error' ? errorCurves(comparison, joint) : motionCurves(comparison, curve, joint);
  return { unit: CURVE_UNITS[curve], digits: curve === 'speed' ? 2 : 0, before, after, note };
}

type Curves = Pick<CurveSet, 'before' | 'after' | 'note'>;

function errorCurves({ quality }: Comparison, joint: number | null): Curves {
  if (quality === undefined) return nothing('Loading the take…');
  // A result's error is only known for whole poses.
  return {
    before: errorTrack(quality, joint),
    after: joint === null ? errorAfterTrack(quality) : null,
    note: null,
  };
}

function motionCurves(
  { active, posesA, posesB }: Comparison,
  curve: Exclude<CurveName, 'error'>,
  joint: number | null,
): Curves {
  const { info } = active.clip;
  if (info.dimensions === 2)
    return nothing(
      'Curves need 3D positions; this clip has 2D keypoints. Compare its versions in the viewport.',
    );
  if (posesA === undefined && posesB === undefined) return nothing('Loading frames…');
  return {
    before: posesA === undefined ? null : motionTrack(posesA, curve, joint, info.frameTime),
    after: posesB === undefined ? null : motionTrack(posesB, curve, joint, info.frameTime),
    note: null,
  };
}

function nothing(note: string): Curves {
  return { before: null, after: null, note };
}
