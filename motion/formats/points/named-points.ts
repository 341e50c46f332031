import { FormatError, type FormatWarning } from '../../errors.ts';
import type { UpAxis } from '../axes.ts';
import type { PointTrack } from '../tracks.ts';
import type { LengthUnit } from '../unit-guess.ts';
import { type JointMatch, matchJointNames, missingLimbs, toLayoutOrder } from './match-joint-names.ts';

/** Points with names, as tables have them. */
export interface NamedPoints {
  readonly names: readonly string[];
  readonly dimensions: 2 | 3;
  /** [frame][name][dimension]; NaN = not seen. */
  readonly positions: Float64Array;
  /** [frame][name], or null. */
  readonly confidence: Float64Array | null;
}

export interface NamedFacts {
  readonly id: string;
  readonly fps: number | null;
  readonly unit: LengthUnit | null;
  readonly up: UpAxis | null;
  /** Where the names stand, for errors: `line 4`, `POINT:LABELS`. */
  readonly place: string;
  /** What to do where the names are those of no body. */
  readonly advice: string;
}

const SHOWN_NAMES = 40;

/**
 * The track of a layout that named points make.
 * @throws FormatError that lists the names where they are not those of a body
 */
export function trackOfNames(
  points: NamedPoints,
  facts: NamedFacts,
  source: string,
  warnings: FormatWarning[],
): PointTrack {
  const { names, dimensions } = points;
  const match = matchJointNames(names);
  if (match === null) {
    const missing = missingLimbs(names);
    const body = missing.length === 12 ? 'no body' : `a body with no ${missing.join(', ')}`;
    const problem = `the names are those of ${body}: ${listNames(names)}`;
    throw new FormatError(source, facts.place, problem, facts.advice);
  }
  const confidence =
    points.confidence === null ? null : toLayoutOrder(points.confidence, names.length, 1, match);
  warnOf(match, facts.place, warnings);
  refuseInfinite(points.positions, names.length * dimensions, source);
  const { id, fps, unit, up } = facts;
  const width = names.length * dimensions;
  return {
    kind: 'points',
    id,
    frameCount: points.positions.length / width,
    fps,
    seen: seenFrames(points.positions, width),
    dimensions,
    layouts: [match.layout],
    positions: toLayoutOrder(points.positions, names.length, dimensions, match),
    confidence: confidence?.map((value) => (value > 0 ? Math.min(1, value) : 0)) ?? null,
    unit,
    up,
    imageSize: null,
  };
}

/** @throws FormatError with the frame, as for arrays */
export function refuseInfinite(positions: Float64Array, width: number, source: string): void {
  const at = positions.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (at < 0) return;
  const place = `frame ${Math.floor(at / width)}`;
  throw new FormatError(source, place, 'a coordinate is infinite', 'write NaN for joints that were not seen');
}

export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => (name === '' ? "''" : name.slice(0, 40)));
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Per frame of `width` numbers, whether anything was seen; null where that is so in all. */
export function seenFrames(positions: Float64Array, width: number): boolean[] | null {
  const seen: boolean[] = [];
  for (let first = 0; first < positions.length; first += width) {
    let isSeen = false;
    for (let at = first; at < first + width && !isSeen; at++) isSeen = !Number.isNaN(positions[at]);
    seen.push(isSeen);
  }
  return seen.every(Boolean) ? null : seen;
}

/** Once for all tracks of a file. */
function warnOf({ layout, missing, unused }: JointMatch, place: string, warnings: FormatWarning[]): void {
  const add = (message: string): void => {
    if (!warnings.some((warning) => warning.message === message)) warnings.push({ place, message });
  };
  if (missing.length > 0) add(`${layout} has joints that the file does not name: ${listNames(missing)}`);
  if (unused.length > 0) add(`not read: ${listNames(unused)}`);
}
