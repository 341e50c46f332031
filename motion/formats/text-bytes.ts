/** Reading text straight from bytes: blanks, line numbers, decoding. */

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
/** A word is put together letter by letter in less time than a view of its bytes is made. */
const SHORT_TEXT = 32;

/** Tab, line feed, vertical tab, form feed, carriage return, space. NUL is no blank: it marks a damaged file. */
export function isBlank(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN);
}

/** True for LF and CR. */
export function isLineBreak(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Line ends in `[start, end)`; LF, CR LF and a lone CR each end a line. */
export function countLineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let breaks = 0;
  const stop = Math.min(end, bytes.length);
  for (let at = start; at < stop; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) breaks++;
  }
  return breaks;
}

/** One character per byte, so `latin1Bytes` gives the same bytes back whatever the encoding was. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  const chunk = 8192; // far below the argument limit of String.fromCharCode
  let text = '';
  if (end - start < SHORT_TEXT) {
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]);
    return text;
  }
  for (let at = start; at < end; at += chunk) {
    const part = bytes.subarray(at, Math.min(at + chunk, end)) as unknown as number[];
    // Twenty times as fast as spreading the bytes.
    text += String.fromCharCode.apply(null, part);
  }
  return text;
}

/** The inverse of `latin1Text`; characters above U+00FF become `?`. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes[at] = code > 255 ? 63 : code;
  }
  return bytes;
}

/** UTF-8 where the bytes are valid UTF-8, else Latin-1: old exporters write names in a code page. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  const text = latin1Text(bytes, start, end);
  try {
    // The percent form of a byte string is the one UTF-8 decoder the language itself has.
    return decodeURIComponent(text.replace(/[%\u0080-\u00ff]/g, percentForm));
  } catch {
    return text;
  }
}

/** A token as an error message shows it: printable and short. */
export function quoteToken(text: string): string {
  const printable = text.replace(/[^\u0020-\u007e\u00a1-\uffff]/g, '?');
  return printable.length > 40 ? `'${printable.slice(0, 37)}...'` : `'${printable}'`;
}

function percentForm(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
