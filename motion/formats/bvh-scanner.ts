import { FormatError } from '../errors.ts';
import { type DecimalCursor, readDecimal } from './decimal-read.ts';
import { countLineBreaks, decodeText, isBlank, isLineBreak, latin1Text, quoteToken } from './text-bytes.ts';

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;

/** A cursor over a BVH file's bytes. Keywords match in any case; braces are words of their own. */
export class BvhScanner {
  readonly bytes: Uint8Array;
  readonly source: string;
  /** Next byte to read. */
  offset = 0;
  /** First byte of the word read last; errors point here. */
  wordStart = 0;
  private lineOffset = 0;
  private lineNumber = 1;

  constructor(bytes: Uint8Array, source: string) {
    this.bytes = bytes;
    this.source = source;
  }

  /** The next word as written, `{` or `}`, or an empty string at the end of the file. */
  word(): string {
    const { bytes } = this;
    this.skipBlanks();
    this.wordStart = this.offset;
    if (this.offset >= bytes.length) return '';
    if (bytes[this.offset] === OPEN_BRACE || bytes[this.offset] === CLOSE_BRACE) {
      return bytes[this.offset++] === OPEN_BRACE ? '{' : '}';
    }
    while (this.offset < bytes.length && isWordByte(bytes[this.offset])) this.offset++;
    return latin1Text(bytes, this.wordStart, this.offset);
  }

  /** The next word in upper case, without moving. */
  peekKeyword(): string {
    const { offset } = this;
    const word = this.word().toUpperCase();
    this.offset = offset;
    return word;
  }

  /** What is left of the line, trimmed, up to an opening brace. */
  restOfLine(): string {
    const { bytes } = this;
    const start = this.offset;
    while (
      this.offset < bytes.length &&
      !isLineBreak(bytes[this.offset]) &&
      bytes[this.offset] !== OPEN_BRACE
    ) {
      this.offset++;
    }
    return decodeText(bytes, start, this.offset).trim();
  }

  /** The next line that is not empty, trimmed, up to an opening brace. */
  restOfNextLine(): string {
    this.skipBlanks();
    return this.restOfLine();
  }

  /** Reads a finite number; `what` names it in the error. */
  number(what: string): number {
    const word = this.word();
    if (word === '{' || word === '}') this.offset = this.wordStart;
    const cursor: DecimalCursor = { offset: this.wordStart, sawComma: false };
    const value = this.wordStart < this.offset ? readDecimal(this.bytes, cursor, this.offset) : Number.NaN;
    if (Number.isNaN(value)) {
      this.fail(`${what} is ${word === '' ? 'missing' : quoteToken(word)}, not a finite number`, RE_EXPORT);
    }
    return value;
  }

  /** Consumes `{` or fails. */
  openBrace(owner: string): void {
    const word = this.word();
    if (word !== '{') this.fail(`${owner} is followed by ${describeWord(word)}, expected '{'`, RE_EXPORT);
  }

  /**
   * Consumes a label such as `Frame Time:` in any case, with or without blanks around its parts and the colon.
   * Returns whether it was there; if not, nothing is consumed.
   */
  label(...words: readonly string[]): boolean {
    const { bytes, offset } = this;
    this.skipBlanks();
    for (const word of words) {
      this.skipBlanksInLine();
      for (let letter = 0; letter < word.length; letter++) {
        if ((bytes[this.offset] | 32) !== word.charCodeAt(letter)) {
          this.offset = offset;
          return false;
        }
        this.offset++;
      }
    }
    const afterWords = this.offset;
    this.skipBlanksInLine();
    if (bytes[this.offset] === COLON) this.offset++;
    else if (afterWords < bytes.length && !isBlank(bytes[afterWords])) {
      this.offset = offset;
      return false;
    } else this.offset = afterWords;
    return true;
  }

  skipBlanks(): void {
    while (this.offset < this.bytes.length && isBlank(this.bytes[this.offset])) this.offset++;
  }

  skipBlanksInLine(): void {
    const { bytes } = this;
    while (this.offset < bytes.length && isBlank(bytes[this.offset]) && !isLineBreak(bytes[this.offset]))
      this.offset++;
  }

  /** One-based line of an offset. Asked in the order of the file it counts every byte once. */
  line(offset = this.wordStart): number {
    const isAhead = offset >= this.lineOffset;
    this.lineNumber = isAhead
      ? this.lineNumber + countLineBreaks(this.bytes, this.lineOffset, offset)
      : 1 + countLineBreaks(this.bytes, 0, offset);
    this.lineOffset = Math.max(0, offset);
    return this.lineNumber;
  }

  fail(problem: string, advice: string, offset = this.wordStart): never {
    throw new FormatError(this.source, this.line(offset), problem, advice);
  }
}

/** Advice for a file that is broken rather than unusual. */
export const RE_EXPORT = 'the file is damaged or not BVH: export it again';

/** A word as an error message shows it. */
export function describeWord(word: string): string {
  return word === '' ? 'the end of the file' : quoteToken(word);
}

function isWordByte(byte: number): boolean {
  return !isBlank(byte) && byte !== OPEN_BRACE && byte !== CLOSE_BRACE;
}
