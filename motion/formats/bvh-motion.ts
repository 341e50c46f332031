import type { FormatWarning } from '../errors.ts';
import { type BvhJoint, channelLabel } from './bvh-document.ts';
import type { BvhScanner } from './bvh-scanner.ts';
import { type DecimalCursor, readDecimal } from './decimal-read.ts';
import { isBlank, isLineBreak, latin1Text, quoteToken } from './text-bytes.ts';

// Some DOS-era exporters end a text file with this byte.
const CONTROL_Z = 26;

/** Motion values and how many whole frames they are. Shape [frame][channel]. */
export interface BvhMotion {
  readonly frameCount: number;
  readonly motion: Float64Array;
}

/** How the lines of the motion block fit the frames; see `checkLine`. */
interface LineTally {
  /** Lines with exactly one frame's values, and lines with any values. */
  frameLines: number;
  lines: number;
  /** The last line that begins at a frame boundary without holding exactly one frame. */
  oddStart: number;
  oddCount: number;
  oddFrame: number;
  /** `odd*` of the first line after which whole-frame lines stand off the frame boundaries. */
  shift: { readonly start: number; readonly count: number; readonly frame: number } | null;
}

/**
 * Reads all values from `scanner.offset` to the end of the file as one stream, so frames may be wrapped over
 * lines or share one. What the header claims only sizes the first guess; memory follows the bytes that are
 * there.
 * @throws FormatError for a value that is not a finite number, and for a line with missing or extra values in a
 * file that otherwise has one frame per line: reading on would shift every later channel.
 */
export function readBvhMotion(
  scanner: BvhScanner,
  joints: readonly BvhJoint[],
  channelCount: number,
  claimedFrames: number | null,
  warnings: FormatWarning[],
): BvhMotion {
  const { bytes } = scanner;
  let end = bytes.length;
  while (end > scanner.offset && (isBlank(bytes[end - 1]) || bytes[end - 1] === CONTROL_Z)) end--;

  // A value takes at least one digit and one blank.
  const mostValues = Math.ceil((end - scanner.offset + 1) / 2);
  const likelyValues = claimedFrames === null ? mostValues / 4 : claimedFrames * channelCount;
  let values = new Float64Array(Math.max(1, Math.min(mostValues, Math.ceil(likelyValues))));
  let count = 0;

  const tally: LineTally = { frameLines: 0, lines: 0, oddStart: 0, oddCount: 0, oddFrame: 0, shift: null };
  const cursor: DecimalCursor = { offset: scanner.offset, sawComma: false };
  let lineStart = cursor.offset;
  let lineFirstValue = 0;
  while (cursor.offset < end) {
    const byte = bytes[cursor.offset];
    if (isBlank(byte)) {
      if (isLineBreak(byte)) {
        if (count > lineFirstValue) checkLine(tally, lineStart, lineFirstValue, count, channelCount);
        lineFirstValue = count;
        lineStart = cursor.offset + 1;
      }
      cursor.offset++;
      continue;
    }
    const start = cursor.offset;
    const value = readDecimal(bytes, cursor, end);
    if (Number.isNaN(value)) {
      const frame = Math.floor(count / Math.max(1, channelCount));
      const place = `frame ${frame}, ${channelLabel(joints, count - frame * channelCount)}`;
      scanner.fail(
        `${place}: ${quoteToken(latin1Text(bytes, start, cursor.offset))} is not a finite number`,
        'repair the value or export the clip again',
        start,
      );
    }
    if (count === values.length) values = grown(values, mostValues);
    values[count++] = value;
  }
  if (count > lineFirstValue) checkLine(tally, lineStart, lineFirstValue, count, channelCount);

  if (tally.shift !== null && tally.frameLines * 2 > tally.lines) {
    scanner.fail(
      `frame ${tally.shift.frame} has ${tally.shift.count} channel values, but the hierarchy declares ${channelCount}`,
      'repair or delete the line',
      tally.shift.start,
    );
  }
  if (cursor.sawComma) {
    warnings.push({ place: String(scanner.line()), message: 'motion values use a decimal comma' });
  }
  return wholeFrames(scanner, values, count, channelCount, warnings);
}

/**
 * A short or long line shifts all later lines off the frame boundaries. Where most lines hold exactly one
 * frame this tells a damaged line from a file that merely wraps its frames.
 */
function checkLine(tally: LineTally, start: number, first: number, end: number, channelCount: number): void {
  tally.lines++;
  const isWhole = end - first === channelCount;
  const isAligned = channelCount > 0 && first % channelCount === 0;
  if (isWhole) tally.frameLines++;
  if (isAligned && !isWhole) {
    tally.oddStart = start;
    tally.oddCount = end - first;
    tally.oddFrame = first / channelCount;
  }
  if (isWhole && !isAligned && tally.shift === null) {
    tally.shift = { start: tally.oddStart, count: tally.oddCount, frame: tally.oddFrame };
  }
}

function wholeFrames(
  scanner: BvhScanner,
  values: Float64Array,
  count: number,
  channelCount: number,
  warnings: FormatWarning[],
): BvhMotion {
  if (channelCount === 0) {
    if (count > 0) {
      scanner.fail(
        `there are ${count} motion values, but the hierarchy declares no channels`,
        'export the clip again',
      );
    }
    return { frameCount: 0, motion: new Float64Array(0) };
  }
  const frameCount = Math.floor(count / channelCount);
  const left = count - frameCount * channelCount;
  if (left > 0) {
    const message = `the last frame has ${left} of ${channelCount} values; it is left out`;
    warnings.push({ place: String(scanner.line(scanner.bytes.length)), message });
  }
  const used = frameCount * channelCount;
  return { frameCount, motion: used === values.length ? values : values.slice(0, used) };
}

function grown(values: Float64Array, most: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.min(most, Math.max(1024, values.length * 2)));
  larger.set(values);
  return larger;
}
