import type { Guess } from '../../contract/clips.ts';
import { nameOfUpAxis, type UpName } from '../../motion/formats/axes.ts';
import type { NpyPositions } from '../../motion/formats/npy-positions.ts';
import { guessUnits } from '../../motion/formats/position-guess.ts';
import type { PointTrack } from '../../motion/formats/tracks.ts';
import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import { ASSUMED_FPS, pickLayout } from './npy-content.ts';

/** What a file, or who wrote it, says of its positions; null where it says nothing. */
export interface PointClaims extends Pick<PointTrack, 'fps' | 'unit' | 'up' | 'layouts'> {
  /** Who says it, for reasons: `FreeMoCap`. */
  readonly producer: string;
}

/** How positions are to be read, and what each decision rests on. */
export interface PointFacts {
  readonly layout: Guess<LayoutName>;
  readonly fps: Guess<number>;
  readonly unit: Guess<LengthUnit>;
  readonly up: Guess<UpName>;
}

/** What a user said about a file. */
export interface PointOptions {
  readonly layout?: LayoutName;
  readonly fps?: number;
  readonly unit?: LengthUnit;
  readonly up?: UpName;
}

/** What the user says, else what the file says, else what the numbers say. */
export function pointFacts(points: NpyPositions, claims: PointClaims, options: PointOptions): PointFacts {
  const layout = layoutOf(points, claims, options.layout);
  const fps = fpsOf(claims, options.fps);
  if (points.dimensions === 2) {
    const asFound = { reason: '2D keypoints are pixels and stay as found', confidence: 'high' } as const;
    return { layout, fps, unit: { value: 'm', ...asFound }, up: { value: 'y', ...asFound } };
  }
  const guessed = guessUnits(points.positions, layout.value);
  const said = { reason: writtenBy(claims.producer), confidence: 'high' } as const;
  const given = { reason: 'as given', confidence: 'high' } as const;
  const { unit, up } = guessed;
  return {
    layout,
    fps,
    unit:
      options.unit !== undefined
        ? { value: options.unit, ...given }
        : claims.unit !== null
          ? { value: claims.unit, ...said }
          : { value: unit.unit, reason: unit.reason, confidence: unit.confidence },
    up:
      options.up !== undefined
        ? { value: options.up, ...given }
        : claims.up !== null
          ? { value: nameOfUpAxis(claims.up), ...said }
          : { value: nameOfUpAxis(up.axis), reason: up.reason, confidence: up.confidence },
  };
}

/** What to tell of decisions that are no more than guesses. */
export function guessNotices({ layout, fps, unit, up }: PointFacts): string[] {
  const notices: string[] = [];
  const unsure = (what: string, { reason, confidence }: Guess<unknown>): void => {
    if (confidence === 'low') notices.push(`${what} is a guess (${reason}); give ${what} if it is wrong`);
  };
  unsure('the layout', layout);
  if (fps.confidence === 'low') notices.push(`${fps.reason}; give the frame rate if it is another`);
  unsure('the unit', unit);
  unsure('the up axis', up);
  return notices;
}

/** A kind of file says what is in it; a program is known for what it writes. */
function writtenBy(producer: string): string {
  return /^(NumPy|JSON|CSV|C3D|TRC)\b/.test(producer) ? 'as the file says' : `as ${producer} writes it`;
}

function layoutOf(
  points: NpyPositions,
  { layouts, producer }: PointClaims,
  given: LayoutName | undefined,
): Guess<LayoutName> {
  if (given !== undefined) return { value: given, reason: 'as given', confidence: 'high' };
  if (layouts.length === 1 && producer !== '')
    return { value: layouts[0], reason: writtenBy(producer), confidence: 'high' };
  const { layout, reason, confidence } = pickLayout({ ...points, layouts }, undefined);
  return { value: layout, reason, confidence };
}

function fpsOf({ fps, producer }: PointClaims, given: number | undefined): Guess<number> {
  if (given !== undefined) return { value: given, reason: 'as given', confidence: 'high' };
  if (fps !== null) return { value: fps, reason: 'as the file says', confidence: 'high' };
  const what = producer === '' ? 'an NPY file' : 'the file';
  return {
    value: ASSUMED_FPS,
    reason: `${what} has no frame rate; taken as ${ASSUMED_FPS} per second`,
    confidence: 'low',
  };
}
