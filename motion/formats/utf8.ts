/**
 * Decodes UTF-8, or gives null where the bytes are none. Lone surrogates are kept, as Python writes them
 * ("surrogatepass"). The language has no decoder for long texts, and TextDecoder is none of its own.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const units = new Uint16Array(Math.min(bytes.length, UNITS));
  let filled = 0;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    if (filled + 2 > units.length) {
      text += String.fromCharCode(...units.subarray(0, filled));
      filled = 0;
    }
    const first = bytes[at];
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > bytes.length) return null;
    let code = length === 1 ? first : first & (0xff >> (length + 1));
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      if ((byte & 0xc0) !== 0x80) return null;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < SMALLEST[length] || code > 0x10ffff) return null;
    if (code >= 0x10000) {
      units[filled++] = 0xd800 + ((code - 0x10000) >> 10);
      units[filled++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    } else {
      units[filled++] = code;
    }
    at += length;
  }
  return text + String.fromCharCode(...units.subarray(0, filled));
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** Code units collected before they become text: far below the argument limit of String.fromCharCode. */
const UNITS = 8192;
/** The smallest code point that needs this many bytes: anything below is an overlong form. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];
