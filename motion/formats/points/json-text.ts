import { FormatError } from '../../errors.ts';
import { decodeText, latin1Text } from '../text-bytes.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A file of a set, as its host read it. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Parsed JSON takes several times its text in memory; beyond this much text other formats do better. */
export const MAX_JSON_BYTES = 256 * 1024 * 1024;

const BYTE_ORDER_MARK = /^(?:\ufeff|\u00ef\u00bb\u00bf)/;
const QUOTE = 34;
const BACKSLASH = 92;
const LINE_FEED = 10;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LETTER_I = 73;
const LETTER_N = 78;
/** Real files have up to eight levels. */
const MAX_DEPTH = 100;

/**
 * Text to values. `NaN` and `Infinity`, which Python writes though JSON has no such numbers, become null.
 * @throws FormatError for a text that is too long, is no JSON, or is nested too deep; with its line
 */
export function parseJson(bytes: Uint8Array, source: string, maxBytes = MAX_JSON_BYTES): JsonValue {
  refuseLongText(bytes.length, source, maxBytes);
  if (bytes.length === 0) throw new FormatError(source, 'file', 'the file is empty', 'export it again');
  const text = textOf(bytes, source).replace(BYTE_ORDER_MARK, '');
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const fixed = withoutPythonNumbers(text);
    if (fixed === null) throw syntaxError(text, source, error);
    try {
      return JSON.parse(fixed) as JsonValue;
    } catch (second) {
      throw syntaxError(fixed, source, second);
    }
  }
}

/** @throws FormatError where the text of a file or of a set of files is longer than what is parsed */
export function refuseLongText(length: number, source: string, maxBytes = MAX_JSON_BYTES): void {
  if (length <= maxBytes) return;
  const megabytes = (count: number): number => Math.ceil(count / 1024 / 1024);
  throw new FormatError(
    source,
    'file',
    `${megabytes(length)} MB of JSON; at most ${megabytes(maxBytes)} MB are read`,
    'save the positions as NPY or NPZ, or split the clip',
  );
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A value as an error shows it: its kind, and a few of its keys. */
export function describeJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isJsonArray(value)) return `a list of ${value.length}`;
  if (!isJsonObject(value)) return `a ${typeof value}`;
  const keys = Object.keys(value);
  const shown = keys.slice(0, 6).join(', ').slice(0, 120);
  return keys.length === 0 ? 'an empty object' : `an object with ${shown}${keys.length > 6 ? ', ...' : ''}`;
}

/**
 * Numbers and keys are ASCII in nearly all files, and decoding UTF-8 takes several copies of the text.
 * @throws FormatError for lists in lists without end, before they take a parser's memory
 */
function textOf(bytes: Uint8Array, source: string): string {
  let isAscii = true;
  let isText = false;
  let depth = 0;
  let line = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte > 127) isAscii = false;
    else if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === LINE_FEED) line++;
    if (depth > MAX_DEPTH)
      throw new FormatError(
        source,
        line,
        `nested more than ${MAX_DEPTH} deep: this is no motion`,
        'export it again',
      );
  }
  return (isAscii ? latin1Text : decodeText)(bytes, 0, bytes.length);
}

/** The text with null for NaN and infinities outside of strings; null where there are none. */
function withoutPythonNumbers(text: string): string | null {
  const pieces: string[] = [];
  let done = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== QUOTE)
        at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
      at++;
      continue;
    }
    const word = code === LETTER_N ? 'NaN' : code === LETTER_I ? 'Infinity' : null;
    if (word === null || !text.startsWith(word, at)) {
      at++;
      continue;
    }
    const start = text[at - 1] === '-' ? at - 1 : at;
    pieces.push(text.slice(done, start), 'null');
    at += word.length;
    done = at;
  }
  if (pieces.length === 0) return null;
  pieces.push(text.slice(done));
  return pieces.join('');
}

function syntaxError(text: string, source: string, error: unknown): unknown {
  if (error instanceof RangeError)
    return new FormatError(
      source,
      'file',
      'the text is too large to be parsed',
      'save the positions as NPY or NPZ',
    );
  if (!(error instanceof SyntaxError)) return error;
  // V8 says `... in JSON at position 17 ...`; where it says nothing, the text ended too soon.
  const position = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line++;
  const found =
    position >= text.trimEnd().length ? 'the text ends in the middle' : 'this is no JSON from here on';
  return new FormatError(source, line, found, 'the file is cut off or damaged; export it again');
}
