import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import { CSV_ADVICE, numberIn, rateOfTimes, splitCells } from './csv-cells.ts';
import { type CsvColumns, readCsvHeader } from './csv-header.ts';
import { readLongCsv } from './csv-long.ts';
import { isFreeMoCap } from './freemocap.ts';
import { type NamedFacts, trackOfNames } from './named-points.ts';
import { cellNumber, NumberRows, textLines } from './text-table.ts';

/** Frames that a jump in the column of frames may stand for. */
const LONGEST_JUMP = 10_000;

/**
 * A table of joint positions: one row per frame and columns `name_x, name_y, name_z` (or `name.X`), or one row per joint
 * with columns `frame, keypoint, x, y, z`. Commas, semicolons or tabs between; a decimal comma beside semicolons or tabs.
 */
export function readCsv(bytes: Uint8Array, source: string): ParsedFile {
  const lines = textLines(bytes, source);
  const header = readCsvHeader(lines, source);
  if (header.kind === 'long') return readLongCsv(lines, header, source);
  return readWideCsv(lines, header, source);
}

function readWideCsv(lines: ReturnType<typeof textLines>, header: CsvColumns, source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const { joints, delimiter, cellCount, time, frame } = header;
  const dimensions = joints.every(({ columns }) => columns.length === 3) ? 3 : 2;
  const hasConfidence = joints.some(({ confidence }) => confidence >= 0);
  const rows = new NumberRows(joints.length * dimensions, source);
  const trust = new NumberRows(hasConfidence ? joints.length : 0, source);
  const times = new NumberRows(1, source);
  let lastFrame = Number.NaN;
  let jumps = 0;
  for (const { number, text } of lines) {
    if (text.trim() === '') continue;
    const cells = splitCells(text, delimiter);
    if (cells.length > cellCount + 1 || cells.length < 2)
      throw new FormatError(
        source,
        number,
        `${cells.length} cells, the header has ${cellCount}`,
        'export again',
      );
    const frameNumber = frame < 0 ? Number.NaN : numberIn(cells, frame, 'frame', number, source);
    const jump = frameNumber - lastFrame;
    if (jump < 1 || jump > LONGEST_JUMP) {
      const problem = `frame ${frameNumber} comes after frame ${lastFrame}`;
      throw new FormatError(source, number, problem, 'save one row per frame, one person per file');
    }
    for (let gap = 1; gap < jump; gap++) for (const table of [rows, trust, times]) table.add(number);
    if (jump > 1) jumps++;
    lastFrame = frameNumber;
    const row = rows.add(number);
    const trustRow = trust.add(number);
    for (const [joint, { name, columns, confidence }] of joints.entries()) {
      for (let axis = 0; axis < dimensions; axis++)
        row[joint * dimensions + axis] = numberIn(cells, columns[axis], name, number, source);
      if (hasConfidence && confidence >= 0)
        trustRow[joint] = numberIn(cells, confidence, name, number, source);
    }
    times.add(number)[0] = time < 0 ? Number.NaN : (cellNumber(cells[time] ?? '') ?? Number.NaN);
  }
  if (rows.count === 0)
    throw new FormatError(source, header.line, 'there are no rows after it', 'export again');
  if (jumps > 0)
    warnings.push({
      place: 'frame',
      message: `frame numbers jump ${jumps} times: the frames between are gaps`,
    });
  const names = joints.map(({ name }) => name);
  const points = {
    names,
    dimensions,
    positions: rows.toArray(),
    confidence: hasConfidence ? trust.toArray() : null,
  } as const;
  const known = isFreeMoCap(source, names) && dimensions === 3;
  const facts: NamedFacts = {
    id: '1',
    fps: rateOfTimes(times.toArray()),
    unit: known ? 'mm' : null,
    up: known ? '+z' : null,
    place: `line ${header.line}`,
    advice: CSV_ADVICE,
  };
  return {
    producer: known ? 'FreeMoCap' : 'CSV',
    reason: `${names.length} points in ${dimensions}D in columns like ${header.example}`,
    tracks: [trackOfNames(points, facts, source, warnings)],
    warnings,
  };
}
