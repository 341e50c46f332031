import { FormatError } from '../../errors.ts';
import { decodeText, latin1Text } from '../text-bytes.ts';

/** A line of a text, without its end. Lines count from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** Text tables are read a line at a time; beyond this nobody has waited for one to be written. */
const MAX_TEXT_BYTES = 1024 * 1024 * 1024;
const MAX_LINE_BYTES = 4 * 1024 * 1024;
/** 512 MB of numbers. */
const MAX_NUMBERS = 2 ** 26;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const MISSING = /^(?:|nan|-nan|na|n\/a|null|none|inf|-inf)$/i;
const DECIMAL = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Lines of a text, whatever ends them. Names may be UTF-8; numbers never are.
 * @throws FormatError for binary files and lines no table has
 */
export function* textLines(bytes: Uint8Array, source: string): Generator<TextLine> {
  if (bytes.length > MAX_TEXT_BYTES)
    throw new FormatError(source, 'file', 'more than 1 GB of text', 'split the clip, or save it as NPY');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let number = 1;
  for (let first = start; first < bytes.length; number++) {
    let end = first;
    let isAscii = true;
    for (; end < bytes.length; end++) {
      const byte = bytes[end];
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
      if (byte > 127) isAscii = false;
      else if (byte === 0)
        throw new FormatError(source, number, 'a NUL byte: this is no text file', 'export it again as text');
    }
    if (end - first > MAX_LINE_BYTES)
      throw new FormatError(source, number, 'the line is longer than 4 MB', 'this is no table of a motion');
    yield { number, text: isAscii ? latin1Text(bytes, first, end) : decodeText(bytes, first, end) };
    first = end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1);
  }
}

/** A cell's number: NaN for an empty cell and for words that mean none; null for any other text. */
export function cellNumber(cell: string): number | null {
  const text = cell.trim();
  if (text === '') return Number.NaN;
  const plain = Number(text);
  // Number reads 0x10, 0b1 and 0o7 too.
  if (Number.isFinite(plain) && !(text[0] === '0' && text[1] > '9')) return plain;
  if (MISSING.test(text)) return Number.NaN;
  if (!DECIMAL.test(text)) return null;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

/** Rows of the same length, growing. */
export class NumberRows {
  readonly width: number;
  private readonly source: string;
  private values = new Float64Array(1024);
  private used = 0;

  constructor(width: number, source: string) {
    this.width = width;
    this.source = source;
  }

  get count(): number {
    return this.used / this.width;
  }

  /** An empty row (NaN) at the end; `place` is where the file is, for errors. */
  add(place: string | number): Float64Array {
    const needed = this.used + this.width;
    if (needed > MAX_NUMBERS)
      throw new FormatError(this.source, place, 'the clip is too long to be read', 'split it');
    if (needed > this.values.length) {
      const larger = new Float64Array(Math.max(needed, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
    const row = this.values.subarray(this.used, needed).fill(Number.NaN);
    this.used = needed;
    return row;
  }

  toArray(): Float64Array {
    return this.values.slice(0, this.used);
  }
}
