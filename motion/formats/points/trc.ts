import { FormatError, type FormatWarning } from '../../errors.ts';
import type { UpAxis } from '../axes.ts';
import { guessUnits } from '../position-guess.ts';
import { quoteToken } from '../text-bytes.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import type { LengthUnit } from '../unit-guess.ts';
import { trackOfNames } from './named-points.ts';
import { cellNumber, NumberRows, type TextLine, textLines } from './text-table.ts';

const UNITS: Readonly<Record<string, LengthUnit>> = {
  m: 'm',
  meters: 'm',
  metres: 'm',
  cm: 'cm',
  mm: 'mm',
  millimeters: 'mm',
  in: 'inch',
  inches: 'inch',
};
const NO_BODY =
  'markers on the skin are no joints: export joint centres (LHip or LHJC, LKnee or LKJC, ...), or keypoints of Pose2Sim';
const EXPORT = 'export the TRC again (OpenSim, Pose2Sim, Motion Analysis)';
/** Frames that a jump in the frame column may stand for. */
const LONGEST_JUMP = 10_000;

interface Header {
  /** Lower-case key to value: `datarate` to `60`. */
  readonly facts: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  /** Line of the names. */
  readonly line: number;
}

/**
 * A TRC (track row column) file: marker positions by name, tabs between, blank = missing. Y is up, as OpenSim and
 * Pose2Sim have it; where the numbers clearly say another axis, it is left to be guessed.
 */
export function readTrc(bytes: Uint8Array, source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const lines = textLines(bytes, source);
  const { facts, names, line: namesLine } = readHeader(lines, source);
  const rows = new NumberRows(names.length * 3, source);
  let lastFrame: number | null = null;
  let shortRows = 0;
  let jumps = 0;
  for (const { number, text } of lines) {
    const cells = text.split('\t');
    if (cells.every((cell) => cell.trim() === '')) continue;
    // X1, Y1, Z1, ...: names of the columns.
    if (rows.count === 0 && cells.some((cell) => /^\s*[xyz]\d+\s*$/i.test(cell))) continue;
    const frame = cellNumber(cells[0]);
    if (frame === null || !Number.isInteger(frame))
      throw new FormatError(source, number, `${quoteToken(cells[0])} is no frame number`, EXPORT);
    const jump = lastFrame === null ? 1 : frame - lastFrame;
    if (jump < 1 || jump > LONGEST_JUMP)
      throw new FormatError(source, number, `frame ${frame} comes after frame ${lastFrame}`, EXPORT);
    for (let gap = 1; gap < jump; gap++) rows.add(number);
    if (jump > 1) jumps++;
    lastFrame = frame;
    fillRow(rows.add(number), cells, number, source);
    if (cells.length < 2 + rows.width) shortRows++;
  }
  if (rows.count === 0) throw new FormatError(source, namesLine, 'there are no frames after it', EXPORT);
  if (jumps > 0)
    warnings.push({
      place: 'Frame#',
      message: `frame numbers jump ${jumps} times: the frames between are gaps`,
    });
  if (shortRows > 0 && shortRows < rows.count)
    warnings.push({ place: 'data', message: `${shortRows} lines end early: what they lack is missing` });
  checkCounts(facts, rows.count, names.length, warnings);
  const unit = UNITS[(facts.get('units') ?? '').toLowerCase()] ?? null;
  const points = { names, dimensions: 3, positions: rows.toArray(), confidence: null } as const;
  const named = {
    id: '1',
    fps: rateOf(facts),
    unit,
    up: '+y',
    place: `line ${namesLine}`,
    advice: NO_BODY,
  } as const;
  const track = withEvidentUp(trackOfNames(points, named, source, warnings), warnings);
  const shownUnit = facts.get('units') ?? 'no unit';
  return {
    producer: 'TRC (OpenSim, Pose2Sim)',
    reason: `${names.length} markers, ${facts.get('datarate') ?? 'no'} frames a second, ${shownUnit}`,
    tracks: [track],
    warnings,
  };
}

/** Up to the line of marker names, which starts with `Frame#`. */
function readHeader(lines: Iterator<TextLine>, source: string): Header {
  const facts = new Map<string, string>();
  let keys: string[] = [];
  for (let count = 0; count < 20; count++) {
    const next = lines.next();
    if (next.done) break;
    const { number, text } = next.value;
    const cells = text.split('\t').map((cell) => cell.trim());
    if (/^frame\s*#?$/i.test(cells[0])) {
      return { facts, names: markerNames(cells, number, source), line: number };
    }
    if (keys.length > 0) for (const [at, key] of keys.entries()) facts.set(key, cells[at] ?? '');
    keys = /^datarate$/i.test(cells[0]) ? cells.map((cell) => cell.toLowerCase()) : [];
  }
  throw new FormatError(source, 'header', "no line of markers that starts with 'Frame#'", EXPORT);
}

/** Every third cell has a name, from the third on; some writers leave out the blank cells between. */
function markerNames(cells: readonly string[], line: number, source: string): string[] {
  const own = cells.slice(2);
  const names = own.filter((cell) => cell !== '');
  const isSpread = names.every((name, marker) => own[marker * 3] === name);
  const isDense = own.slice(0, names.length).every((cell) => cell !== '');
  if (names.length === 0 || !(isSpread || isDense))
    throw new FormatError(source, line, 'marker names do not stand in every third column', EXPORT);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new FormatError(source, line, `${quoteToken(twice)} is there twice`, EXPORT);
  return names;
}

function fillRow(row: Float64Array, cells: readonly string[], line: number, source: string): void {
  for (let at = 2; at < cells.length; at++) {
    const value = cellNumber(cells[at]);
    if (value === null)
      throw new FormatError(
        source,
        line,
        `${quoteToken(cells[at])} in column ${at + 1} is no number`,
        EXPORT,
      );
    if (at - 2 < row.length) row[at - 2] = value;
    else if (!Number.isNaN(value))
      throw new FormatError(source, line, `more than ${row.length} coordinates`, 'marker names are missing');
  }
}

function rateOf(facts: ReadonlyMap<string, string>): number | null {
  const rate = cellNumber(facts.get('datarate') ?? '');
  return rate !== null && rate > 0 ? rate : null;
}

function checkCounts(
  facts: ReadonlyMap<string, string>,
  frames: number,
  markers: number,
  warnings: FormatWarning[],
): void {
  for (const [key, found] of [
    ['numframes', frames],
    ['nummarkers', markers],
  ] as const) {
    const claimed = facts.get(key);
    if (claimed !== undefined && claimed !== '' && Number(claimed) !== found)
      warnings.push({ place: 'header', message: `${key} is ${claimed.slice(0, 20)}, there are ${found}` });
  }
}

function withEvidentUp(track: PointTrack, warnings: FormatWarning[]): PointTrack {
  const { axis, confidence } = guessUnits(track.positions, track.layouts[0]).up;
  const usual: UpAxis = '+y';
  if (axis === usual || confidence === 'low') return track;
  warnings.push({ place: 'data', message: `a TRC has Y up, but in this one ${axis} is up` });
  return { ...track, up: null };
}
