import { FormatError, type FormatWarning } from '../../errors.ts';
import { isPyArray, type PyDict, type PyValue } from '../python/py-value.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { layoutsOfRow, type NumberArray, tracksOfArray, withJointAxis } from './array-tracks.ts';
import { numbersOf, wordsOf } from './py-numbers.ts';

/** 1 GB of positions. */
const MAX_NUMBERS = 2 ** 27;

/**
 * Data of SmoothNet, DeciWatch and SynSP: `joints_3d`, an object array with (frames, joints * 3) per sequence, metres from the
 * root; else `joints_2d`. One track per sequence. Null where there is no such array.
 */
export function readSequencePoints(dict: PyDict, source: string): ParsedFile | null {
  const dimensions = dict.has('joints_3d') ? 3 : 2;
  const key = `joints_${dimensions}d`;
  const sequences = sequencesOf(dict.get(key));
  if (sequences === null) return null;
  const names = sequences.length === 1 ? [] : (wordsFor(dict.get('imgname'), sequences.length) ?? []);
  const warnings: FormatWarning[] = [];
  let total = 0;
  const tracks = sequences.map((sequence, index): PointTrack => {
    const place = `${key}, sequence ${index}`;
    if (sequence === null)
      throw new FormatError(
        source,
        place,
        'the sequence is no array of numbers',
        'save (frames, joints * 3)',
      );
    total += sequence.data.length;
    if (total > MAX_NUMBERS)
      throw new FormatError(source, place, 'the sequences are too long', 'split the file');
    const shaped = shapedSequence(sequence, dimensions, source, place);
    const few: FormatWarning[] = [];
    const facts = { fps: null, unit: dimensions === 3 ? 'm' : null, up: null, dimensions } as const;
    const id = uniqueId(names, index);
    const [track] = tracksOfArray(shaped, { ...facts, id }, `${source}`, few);
    if (index === 0) warnings.push(...few);
    return track;
  });
  if (dimensions === 3)
    warnings.push({
      place: key,
      message: 'positions start from the root: where the body goes is not in the file',
    });
  return {
    producer: 'SynSP, SmoothNet, DeciWatch',
    reason: `${key} with ${tracks.length} sequences`,
    tracks,
    warnings,
  };
}

/** Arrays of an object array, or of an array with an axis of sequences. */
function sequencesOf(value: PyValue | undefined): (NumberArray | null)[] | null {
  if (isPyArray(value) && value.items !== null)
    return value.items.length === 0 ? null : value.items.map((item) => numbersOf(item));
  const array = numbersOf(value);
  if (array === null) return null;
  const [count, ...rest] = array.shape;
  if (array.shape.length === 2) return [array];
  if (array.shape.length !== 3 || rest[1] <= 4) return null;
  const size = rest[0] * rest[1];
  return Array.from({ length: count }, (_, index) => ({
    shape: rest,
    data: array.data.slice(index * size, (index + 1) * size),
  }));
}

function shapedSequence(
  sequence: NumberArray,
  dimensions: 2 | 3,
  source: string,
  place: string,
): NumberArray {
  if (sequence.shape.length === 3) return sequence;
  const columns = sequence.shape[1] ?? 0;
  // The key says positions, so rows of 72 are no rotations here.
  const [layout] =
    columns === 72 && dimensions === 3 ? (['smpl24'] as const) : layoutsOfRow(columns, dimensions);
  if (sequence.shape.length !== 2 || layout === undefined) {
    const problem = `shape (${sequence.shape.join(', ')}): rows are those of no layout`;
    throw new FormatError(source, place, problem, 'save (frames, joints * 3), 14, 17 or 24 joints');
  }
  return withJointAxis(sequence, layout);
}

/** The video of each sequence, from the names of its pictures. */
function wordsFor(value: PyValue | undefined, count: number): string[] | null {
  const items = isPyArray(value) ? value.items : null;
  if (items === null || items.length !== count) return null;
  return items.map((item, index) => {
    const [first] = typeof item === 'string' ? [item] : (wordsOf(item) ?? []);
    return first === undefined ? `sequence ${index + 1}` : first.replace(/[/\\][^/\\]*$/, '').slice(-60);
  });
}

function uniqueId(names: readonly string[], index: number): string {
  const name = names[index];
  if (name === undefined) return `sequence ${index + 1}`;
  return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${index + 1}`;
}
