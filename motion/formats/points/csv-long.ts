import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import { CSV_ADVICE, numberIn, rateOfTimes, splitCells } from './csv-cells.ts';
import type { LongColumns } from './csv-header.ts';
import { isFreeMoCap } from './freemocap.ts';
import { type NamedFacts, trackOfNames } from './named-points.ts';
import { NumberRows, type TextLine } from './text-table.ts';

/** 512 MB of positions. */
const MAX_NUMBERS = 2 ** 26;
const MOST_NAMES = 2000;
const MOST_PEOPLE = 32;

/** Numbers of a row: frame, index of the joint's name, of the person, time, confidence, then x, y, z. */
const FIRST_AXIS = 5;

/** A table with one row per joint and frame, in any order; frames that are not there are gaps. */
export function readLongCsv(lines: Iterable<TextLine>, header: LongColumns, source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const dimensions = header.xyz.length === 3 ? 3 : 2;
  const names = new Map<string, number>();
  const people = new Map<string, number>();
  const rows = new NumberRows(FIRST_AXIS + dimensions, source);
  for (const { number, text } of lines) {
    if (text.trim() === '') continue;
    const cells = splitCells(text, header.delimiter);
    const name = (cells[header.joint] ?? '').trim();
    const frame = numberIn(cells, header.frame, 'frame', number, source);
    if (!Number.isSafeInteger(frame) || name === '')
      throw new FormatError(source, number, 'the row has no frame number or no joint name', CSV_ADVICE);
    const row = rows.add(number);
    row[0] = frame;
    row[1] = indexOf(names, name, MOST_NAMES, 'joints', number, source);
    const person = header.person < 0 ? '1' : (cells[header.person] ?? '').trim();
    row[2] = indexOf(people, person, MOST_PEOPLE, 'people', number, source);
    row[3] = header.time < 0 ? Number.NaN : numberIn(cells, header.time, 'time', number, source);
    row[4] = header.confidence < 0 ? Number.NaN : numberIn(cells, header.confidence, name, number, source);
    for (let axis = 0; axis < dimensions; axis++)
      row[FIRST_AXIS + axis] = numberIn(cells, header.xyz[axis], name, number, source);
  }
  if (rows.count === 0)
    throw new FormatError(source, header.line, 'there are no rows after it', 'export again');
  const table = { rows: rows.toArray(), width: rows.width, dimensions } as const;
  const jointNames = [...names.keys()];
  const known = isFreeMoCap(source, jointNames) && dimensions === 3;
  const facts: Omit<NamedFacts, 'id' | 'fps'> = {
    unit: known ? 'mm' : null,
    up: known ? '+z' : null,
    place: `line ${header.line}`,
    advice: CSV_ADVICE,
  };
  const [first, last] = frameSpan(table.rows, table.width);
  const size = (last - first + 1) * jointNames.length * dimensions;
  if (!(size * people.size <= MAX_NUMBERS))
    throw new FormatError(
      source,
      'frames',
      `frames run from ${first} to ${last}: too many`,
      'split the clip',
    );
  const tracks = [...people].map(([id, person]) => {
    const { positions, confidence, fps } = pointsOf(person, table, first, last, jointNames.length);
    const trust = header.confidence < 0 ? null : confidence;
    const points = { names: jointNames, dimensions, positions, confidence: trust } as const;
    return trackOfNames(points, { ...facts, id: id === '' ? 'unnamed' : id, fps }, source, warnings);
  });
  return {
    producer: known ? 'FreeMoCap' : 'CSV',
    reason: `a row per frame and joint, ${jointNames.length} joints in ${dimensions}D`,
    tracks,
    warnings,
  };
}

interface Table {
  readonly rows: Float64Array;
  readonly width: number;
  readonly dimensions: 2 | 3;
}

function pointsOf(person: number, table: Table, first: number, last: number, nameCount: number) {
  const { rows, width, dimensions } = table;
  const frameCount = last - first + 1;
  const positions = new Float64Array(frameCount * nameCount * dimensions).fill(Number.NaN);
  const confidence = new Float64Array(frameCount * nameCount);
  const times = new Float64Array(frameCount).fill(Number.NaN);
  for (let at = 0; at < rows.length; at += width) {
    if (rows[at + 2] !== person) continue;
    const frame = rows[at] - first;
    const point = frame * nameCount + rows[at + 1];
    times[frame] = rows[at + 3];
    confidence[point] = rows[at + 4];
    for (let axis = 0; axis < dimensions; axis++)
      positions[point * dimensions + axis] = rows[at + FIRST_AXIS + axis];
  }
  return { positions, confidence, fps: rateOfTimes(times) };
}

function indexOf(
  known: Map<string, number>,
  name: string,
  most: number,
  what: string,
  line: number,
  source: string,
): number {
  const index = known.get(name) ?? known.size;
  if (index >= most) throw new FormatError(source, line, `more than ${most} ${what}`, CSV_ADVICE);
  known.set(name, index);
  return index;
}

function frameSpan(rows: Float64Array, width: number): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < rows.length; at += width) {
    first = Math.min(first, rows[at]);
    last = Math.max(last, rows[at]);
  }
  return [first, last];
}
