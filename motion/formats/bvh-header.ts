import type { FormatWarning } from '../errors.ts';
import type { BvhHeader, BvhHeaderNumber } from './bvh-document.ts';
import type { BvhScanner } from './bvh-scanner.ts';
import { type DecimalCursor, readDecimal, tokenEnd } from './decimal-read.ts';
import { isBlank, isLineBreak, latin1Text } from './text-bytes.ts';

/**
 * Reads `MOTION`, `Frames:` and `Frame Time:` (the last two in either order, each optional here) and stops at
 * the first motion value. The header text ends after the line break before that value, or at the value where
 * both share a line.
 */
export function readBvhMotionHeader(scanner: BvhScanner, warnings: FormatWarning[]): BvhHeader {
  const { bytes } = scanner;
  if (scanner.peekKeyword() !== 'MOTION') {
    return { text: latin1Text(bytes, 0, bytes.length), motionEnd: -1, frames: null, frameTime: null };
  }
  scanner.word();
  // `MOTION:` has not been seen, but a label may carry a colon.
  const motionEnd = scanner.offset;
  let frames: BvhHeaderNumber | null = null;
  let frameTime: BvhHeaderNumber | null = null;
  for (;;) {
    if (scanner.label('frames')) frames = readNumberInLine(scanner, warnings);
    else if (scanner.label('frame', 'time')) frameTime = readNumberInLine(scanner, warnings);
    else break;
  }
  const textEnd = endOfHeader(scanner);
  scanner.offset = textEnd;
  return { text: latin1Text(bytes, 0, textEnd), motionEnd, frames, frameTime };
}

/** The line break that ends the header; where the file mixes them, this is the one next to the motion. */
export function lineEndingOf(headerText: string): '\n' | '\r\n' | '\r' {
  const breaks = headerText.match(/\r\n|\n|\r/g);
  const last = breaks?.[breaks.length - 1];
  return last === '\r\n' || last === '\r' ? last : '\n';
}

/** The number after a label, on the same line; an empty span and NaN where it is missing. */
function readNumberInLine(scanner: BvhScanner, warnings: FormatWarning[]): BvhHeaderNumber {
  scanner.skipBlanksInLine();
  const { bytes, offset: start } = scanner;
  const end = tokenEnd(bytes, start, bytes.length);
  if (start === end) return { value: Number.NaN, start, end };
  const cursor: DecimalCursor = { offset: start, sawComma: false };
  const value = readDecimal(bytes, cursor, bytes.length);
  if (cursor.sawComma) {
    const place = String(scanner.line(start));
    warnings.push({ place, message: `read '${latin1Text(bytes, start, end)}' as ${value} (decimal comma)` });
  }
  scanner.offset = end;
  return { value, start, end };
}

function endOfHeader(scanner: BvhScanner): number {
  const { bytes } = scanner;
  let end = scanner.offset;
  let at = end;
  let sawBreak = false;
  for (; at < bytes.length && isBlank(bytes[at]); at++) {
    if (isLineBreak(bytes[at])) {
      sawBreak = true;
      end = at + 1;
    }
  }
  return sawBreak ? end : at;
}
