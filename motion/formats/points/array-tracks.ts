import { FormatError, type FormatWarning } from '../../errors.ts';
import { type LayoutName, layoutJointCount } from '../../skeleton/layouts.ts';
import type { UpAxis } from '../axes.ts';
import { parseNpyDtype } from '../npy-dtype.ts';
import { npyToPositions } from '../npy-positions.ts';
import { isUsuallyRotations, layoutsOfJointCount } from '../npy-shapes.ts';
import type { PointTrack } from '../tracks.ts';
import type { LengthUnit } from '../unit-guess.ts';
import { seenFrames } from './named-points.ts';

/** Numbers in C order. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export interface ArrayFacts {
  readonly fps: number | null;
  readonly unit: LengthUnit | null;
  readonly up: UpAxis | null;
  /** Where it is known; else the number of joints decides. */
  readonly layout?: LayoutName | undefined;
  readonly dimensions?: 2 | 3 | undefined;
  /** Of the only track, or the start of their names. */
  readonly id: string;
}

/** More people than this along an axis are frames. */
const MOST_PEOPLE = 64;

/** Whether numbers of this shape may be joint positions: (frames, joints, 2 | 3 | 4), with people before or after frames. */
export function isPointShape(shape: readonly number[]): boolean {
  const axes = shape.length;
  if (axes !== 3 && axes !== 4) return false;
  const [joints, columns] = shape.slice(-2);
  if (axes === 4 && Math.min(shape[0], shape[1]) > MOST_PEOPLE) return false;
  return (
    shape.every((length) => length > 0) &&
    columns >= 2 &&
    columns <= 4 &&
    layoutsOfJointCount(joints).length > 0
  );
}

/** Layouts whose joints fill a row of this many numbers in some dimensions, unless such rows are usually rotations. */
export function layoutsOfRow(columns: number, dimensions: 2 | 3): LayoutName[] {
  return isUsuallyRotations(columns) || columns % dimensions !== 0
    ? []
    : layoutsOfJointCount(columns / dimensions);
}

/**
 * One track per person of an array (frames, joints, 2 | 3 | 4), (people, frames, joints, ...) or (frames, people, joints,
 * ...); the shorter of the first two axes is that of people.
 */
export function tracksOfArray(
  array: NumberArray,
  facts: ArrayFacts,
  source: string,
  warnings: FormatWarning[],
): PointTrack[] {
  const { shape, data } = array;
  if (shape.some((length) => length === 0))
    throw new FormatError(
      source,
      'shape',
      `(${shape.join(', ')}): there is nothing in it`,
      'export it again',
    );
  if (shape.length === 4) return tracksOfPeopleArray(array, facts, source, warnings);
  const dtype = parseNpyDtype('<f8')!;
  const { layout, dimensions } = facts;
  const positions = npyToPositions({ shape, dtype, fortranOrder: false, data, warnings: [] }, source, {
    ...(layout !== undefined && { layout }),
    ...(dimensions !== undefined && { dimensions }),
  });
  warnings.push(...positions.warnings);
  const { frameCount, jointCount } = positions;
  return [
    {
      kind: 'points',
      id: facts.id,
      frameCount,
      fps: facts.fps,
      seen: seenFrames(positions.positions, jointCount * positions.dimensions),
      dimensions: positions.dimensions,
      layouts: positions.layouts,
      positions: positions.positions,
      confidence: positions.confidence,
      unit: positions.dimensions === 2 ? null : facts.unit,
      up: positions.dimensions === 2 ? null : facts.up,
      imageSize: null,
    },
  ];
}

function tracksOfPeopleArray(
  { shape, data }: NumberArray,
  facts: ArrayFacts,
  source: string,
  warnings: FormatWarning[],
): PointTrack[] {
  const [first, second, joints, columns] = shape;
  const arePeopleFirst = first <= second;
  const people = arePeopleFirst ? first : second;
  const frames = arePeopleFirst ? second : first;
  if (people > MOST_PEOPLE)
    throw new FormatError(
      source,
      'shape',
      `(${shape.join(', ')}): no axis is that of people`,
      'save one person',
    );
  if (people > 1) {
    const which = arePeopleFirst ? 'first' : 'second';
    const message = `the ${which} axis, the shorter one, is taken as that of ${people} people`;
    warnings.push({ place: 'shape', message });
  }
  const size = joints * columns;
  const tracks = Array.from({ length: people }, (_, person) => {
    const own = new Float64Array(frames * size);
    for (let frame = 0; frame < frames; frame++) {
      const at = (arePeopleFirst ? person * frames + frame : frame * people + person) * size;
      own.set(data.subarray(at, at + size), frame * size);
    }
    const id = people === 1 ? facts.id : `${facts.id} ${person + 1}`;
    const few: FormatWarning[] = [];
    const track = tracksOfArray(
      { shape: [frames, joints, columns], data: own },
      { ...facts, id },
      source,
      few,
    );
    if (person === 0) warnings.push(...few);
    return track;
  });
  return tracks.flat();
}

/** The shape of flat rows with an axis of joints: (frames, joints * dimensions) to (frames, joints, dimensions). */
export function withJointAxis({ shape, data }: NumberArray, layout: LayoutName): NumberArray {
  const joints = layoutJointCount(layout);
  return { shape: [...shape.slice(0, -1), joints, shape[shape.length - 1] / joints], data };
}
