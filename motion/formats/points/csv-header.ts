import { FormatError } from '../../errors.ts';
import type { TextLine } from './text-table.ts';

/** Columns of one joint in a table with a row per frame. */
export interface JointColumns {
  readonly name: string;
  /** Columns of x, y and, in 3D, z. */
  readonly columns: readonly number[];
  /** -1 for none. */
  readonly confidence: number;
}

interface HeaderFacts {
  readonly line: number;
  readonly delimiter: string;
  readonly cellCount: number;
  /** Columns of the time in seconds and of the frame's number; -1 for none. */
  readonly time: number;
  readonly frame: number;
}

export interface CsvColumns extends HeaderFacts {
  readonly kind: 'wide';
  readonly joints: readonly JointColumns[];
  /** A column's name, to show. */
  readonly example: string;
}

/** A row per joint and frame. Columns; -1 for none. */
export interface LongColumns extends HeaderFacts {
  readonly kind: 'long';
  readonly joint: number;
  readonly person: number;
  readonly xyz: readonly number[];
  readonly confidence: number;
}

const AXIS_ENDING = /^(.+?)[\s._:-]*([xyz])$/i;
const CONFIDENCE_ENDING = /^(.+?)[\s._:-]+(?:c|conf|confidence|visibility|score|likelihood)$/i;
const TIME_NAMES = ['time', 'time_s', 't', 'timestamp', 'seconds'];
const FRAME_NAMES = ['frame', 'frame_number', 'frame_id', 'frame#', 'image_id'];
const JOINT_NAMES = ['keypoint', 'joint', 'landmark', 'marker', 'name', 'bodypart', 'joint_name'];
const PERSON_NAMES = ['person', 'person_id', 'id', 'track', 'track_id', 'subject'];
const CONFIDENCE_NAMES = ['confidence', 'visibility', 'score', 'likelihood', 'c'];

/** The first line that is not blank or a comment. */
export function readCsvHeader(lines: Iterator<TextLine>, source: string): CsvColumns | LongColumns {
  for (;;) {
    const next = lines.next();
    if (next.done) throw new FormatError(source, 'file', 'there is no line of column names', 'export again');
    const { number, text } = next.value;
    if (text.trim() === '' || text.startsWith('#')) continue;
    return readColumns(text, number, source);
  }
}

function readColumns(text: string, line: number, source: string): CsvColumns | LongColumns {
  const delimiter = [';', '\t', ','].find((candidate) => text.includes(candidate));
  if (delimiter === undefined)
    throw new FormatError(source, line, 'one column only', 'put commas, semicolons or tabs between columns');
  // A unit in brackets belongs to no name: `nose_x (mm)`.
  const cells = text.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/\s*[([][^()[\]]*[)\]]$/, ''),
  );
  const lower = cells.map((cell) => cell.toLowerCase());
  const find = (names: readonly string[]): number => lower.findIndex((cell) => names.includes(cell));
  const frame = find(FRAME_NAMES);
  const facts = { line, delimiter, cellCount: cells.length, time: find(TIME_NAMES), frame };
  const xyz = ['x', 'y', 'z'].map((axis) => lower.indexOf(axis)).filter((column) => column >= 0);
  const joint = find(JOINT_NAMES);
  if (xyz.length >= 2 && joint >= 0 && frame >= 0) {
    const [person, confidence] = [find(PERSON_NAMES), find(CONFIDENCE_NAMES)];
    return { kind: 'long', ...facts, joint, person, xyz, confidence };
  }
  const joints = jointColumns(cells, line, source);
  const [first] = joints;
  return { kind: 'wide', ...facts, joints, example: cells[first.columns[0]] };
}

function jointColumns(cells: readonly string[], line: number, source: string): JointColumns[] {
  const found = new Map<string, { axes: (number | undefined)[]; confidence: number }>();
  const entryOf = (name: string) => {
    const entry = found.get(name) ?? { axes: [], confidence: -1 };
    found.set(name, entry);
    return entry;
  };
  for (const [column, cell] of cells.entries()) {
    const [, trusted] = CONFIDENCE_ENDING.exec(cell) ?? [];
    const [, name, axis] = trusted === undefined ? (AXIS_ENDING.exec(cell) ?? []) : [];
    if (trusted !== undefined) entryOf(trusted).confidence = column;
    if (name === undefined) continue;
    const { axes } = entryOf(name);
    const at = 'xyz'.indexOf(axis.toLowerCase());
    if (axes[at] !== undefined) throw new FormatError(source, line, `${cell} is there twice`, 'export again');
    axes[at] = column;
  }
  const withAxes = [...found].filter(([, { axes }]) => axes.length >= 2);
  const most = Math.max(...withAxes.map(([, { axes }]) => axes.length), 0);
  const joints = withAxes.flatMap(([name, { axes, confidence }]): JointColumns[] => {
    const columns = axes.filter((column) => column !== undefined);
    return columns.length === most && axes.length === most ? [{ name, columns, confidence }] : [];
  });
  if (joints.length === 0)
    throw new FormatError(
      source,
      line,
      'no columns that end in x, y and z',
      'name the columns left_hip_x, left_hip_y, left_hip_z and so on',
    );
  return joints;
}
