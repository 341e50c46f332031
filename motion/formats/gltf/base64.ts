const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int16Array(128).fill(-1);
[...LETTERS].forEach((letter, value) => {
  VALUES[letter.charCodeAt(0)] = value;
});

/** Decodes base64 text (RFC 4648, padding optional); null where it is none. */
export function decodeBase64(text: string): Uint8Array | null {
  const letters = text.replace(/={1,2}$/, '');
  if (letters.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < letters.length; index++) {
    const code = letters.charCodeAt(index);
    const value = code < 128 ? VALUES[code] : -1;
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
