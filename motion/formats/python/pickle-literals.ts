import { latin1Text } from '../text-bytes.ts';
import { decodeUtf8 } from '../utf8.ts';
import { DAMAGED, type PickleContext } from './pickle-context.ts';
import { unescapeString, unescapeUnicode } from './pickle-escapes.ts';
import { OP } from './pickle-opcodes.ts';
import type { PyValue } from './py-value.ts';

/** Bytes and digits of the longest whole number that is read; converting takes time that grows with their square. */
const MAX_INTEGER_BYTES = 256;
const MAX_INTEGER_DIGITS = 640;
/** A byte string of Python 2 beyond this is an array's content rather than text, and stays bytes. */
const LONGEST_OLD_TEXT = 2 ** 16;

/** Reads the numbers, texts and bytes that stand in the stream themselves; undefined for every other opcode. */
export function readLiteral(op: number, context: PickleContext): PyValue | undefined {
  const { cursor } = context;
  switch (op) {
    case OP.NONE:
      return null;
    case OP.NEWTRUE:
      return true;
    case OP.NEWFALSE:
      return false;
    case OP.BININT:
      return cursor.int32();
    case OP.BININT1:
      return cursor.uint8();
    case OP.BININT2:
      return cursor.uint16();
    case OP.LONG1:
      return readLong(cursor.uint8(), context);
    case OP.LONG4:
      return readLong(cursor.uint32(), context);
    case OP.INT:
    case OP.LONG:
      return parseInteger(asciiLine(context), op === OP.INT, context);
    case OP.FLOAT:
      return parseFloatLine(asciiLine(context), context);
    case OP.BINFLOAT:
      return cursor.float64BigEndian();
    case OP.STRING:
      return oldText(unescapeString(cursor.line(), context));
    case OP.BINSTRING:
      return oldText(cursor.take(cursor.uint32()));
    case OP.SHORT_BINSTRING:
      return oldText(cursor.take(cursor.uint8()));
    case OP.UNICODE:
      return unescapeUnicode(checkedText(cursor.line(), context), context);
    case OP.SHORT_BINUNICODE:
      return readText(cursor.take(cursor.uint8()), context);
    case OP.BINUNICODE:
      return readText(cursor.take(cursor.uint32()), context);
    case OP.BINUNICODE8:
      return readText(cursor.take(cursor.uint64()), context);
    case OP.SHORT_BINBYTES:
      return cursor.take(cursor.uint8());
    case OP.BINBYTES:
      return cursor.take(cursor.uint32());
    case OP.BINBYTES8:
    case OP.BYTEARRAY8:
      return cursor.take(cursor.uint64());
    default:
      return undefined;
  }
}

/** A line that holds a name or a number. */
export function asciiLine({ cursor }: PickleContext): string {
  const line = cursor.line();
  return latin1Text(line, 0, Math.min(line.length, 2048)).trimEnd();
}

/** A line that holds the number of a memo entry. */
export function memoLine(context: PickleContext): number {
  const text = asciiLine(context);
  if (!/^\d{1,10}$/.test(text)) throw context.fail(`'${text.slice(0, 40)}' is no memo number`, DAMAGED);
  return Number(text);
}

/** A whole number as a JavaScript number where that is exact. */
function toInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Little-endian two's complement. */
function readLong(byteCount: number, context: PickleContext): number | bigint {
  if (byteCount > MAX_INTEGER_BYTES) throw context.fail(`a whole number of ${byteCount} bytes`, DAMAGED);
  const bytes = context.cursor.take(byteCount);
  let value = 0n;
  for (let at = byteCount - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]);
  return toInteger(BigInt.asIntN(byteCount * 8, value));
}

/** `12`, `12L`, and for INT the booleans of protocol 1: `00` and `01`. */
function parseInteger(text: string, hasBooleans: boolean, context: PickleContext): PyValue {
  if (hasBooleans && (text === '00' || text === '01')) return text === '01';
  const found = /^([+-]?)(\d+)L?$/.exec(text.trim());
  if (found === null || found[2].length > MAX_INTEGER_DIGITS) {
    throw context.fail(`'${text.slice(0, 40)}' is no whole number`, DAMAGED);
  }
  const magnitude = BigInt(found[2]);
  return toInteger(found[1] === '-' ? -magnitude : magnitude);
}

function parseFloatLine(text: string, context: PickleContext): number {
  const word = text.trim().toLowerCase();
  const named = /^([+-]?)(inf|nan|infinity)$/.exec(word);
  if (named !== null) {
    if (named[2] === 'nan') return Number.NaN;
    return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)) {
    throw context.fail(`'${text.slice(0, 40)}' is no number`, DAMAGED);
  }
  return Number(word);
}

function readText(bytes: Uint8Array, context: PickleContext): string {
  const text = decodeUtf8(checkedText(bytes, context));
  if (text === null) throw context.fail('a text is no UTF-8', DAMAGED);
  return text;
}

function checkedText(bytes: Uint8Array, context: PickleContext): Uint8Array {
  const { maxTextBytes } = context.session.limits;
  if (bytes.length > maxTextBytes) {
    throw context.fail(
      `a text of ${bytes.length} bytes, at most ${maxTextBytes} are read`,
      'pickle it with protocol 4',
    );
  }
  return bytes;
}

/** Python 2 had one type for text and bytes: one character per byte, so that no byte is lost. */
function oldText(bytes: Uint8Array): string | Uint8Array {
  return bytes.length > LONGEST_OLD_TEXT ? bytes : latin1Text(bytes, 0, bytes.length);
}
