import { latin1Text } from '../text-bytes.ts';
import { DAMAGED, type PickleContext } from './pickle-context.ts';

const BACKSLASH = 0x5c;
const QUOTES = [0x27, 0x22];
const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** The bytes of a protocol 0 string: as Python 2 shows it, in quotes and with escapes. */
export function unescapeString(line: Uint8Array, context: PickleContext): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] === 0x0d || line[end - 1] === 0x20)) end--;
  const quote = line[0];
  if (end < 2 || !QUOTES.includes(quote) || line[end - 1] !== quote) {
    throw context.fail('a string without quotes', DAMAGED);
  }
  const bytes = new Uint8Array(end - 2);
  let size = 0;
  let at = 1;
  while (at < end - 1) {
    const byte = line[at++];
    if (byte !== BACKSLASH) {
      bytes[size++] = byte;
      continue;
    }
    const letter = String.fromCharCode(line[at++]);
    if (letter in SIMPLE_ESCAPES) {
      bytes[size++] = SIMPLE_ESCAPES[letter];
    } else {
      const [pattern, radix, start] = letter === 'x' ? ([/^[\da-f]{2}/i, 16, at] as const) : OCTAL(at);
      const digits = pattern.exec(latin1Text(line, start, Math.min(start + 3, end - 1)));
      if (digits === null) throw context.fail(`unknown escape '\\${letter}'`, DAMAGED);
      bytes[size++] = Number.parseInt(digits[0], radix);
      at = start + digits[0].length;
    }
  }
  return bytes.slice(0, size);
}

const OCTAL = (at: number) => [/^[0-7]{1,3}/, 8, at - 1] as const;

/** A protocol 0 text: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
export function unescapeUnicode(line: Uint8Array, context: PickleContext): string {
  const text = latin1Text(line, 0, line.length);
  return text.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (found, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    if (code > 0x10ffff) throw context.fail(`'${found}' is no character`, DAMAGED);
    return String.fromCodePoint(code);
  });
}
