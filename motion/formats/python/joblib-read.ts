import { FormatError } from '../../errors.ts';
import { latin1Text } from '../text-bytes.ts';
import { adler32, crc32 } from '../zip-checksum.ts';
import { CUT_OFF, inflateBounded, type Refuse } from '../zip-inflate.ts';
import { inflationLimit, ZIP_LIMITS, type ZipLimits } from '../zip-limits.ts';
import { ByteCursor } from './byte-cursor.ts';
import { readPickleAt } from './pickle-read.ts';
import { PICKLE_LIMITS, type PickleLimits } from './py-limits.ts';
import type { PyValue } from './py-value.ts';

/**
 * Reads what `joblib.dump` wrote, plain or compressed with zlib or gzip: a pickle in which the bytes of arrays stand
 * between the opcodes. Any plain pickle is read too.
 * @throws FormatError
 */
export function readJoblib(
  bytes: Uint8Array,
  source: string,
  limits: PickleLimits = PICKLE_LIMITS,
  zipLimits: ZipLimits = ZIP_LIMITS,
): PyValue {
  const refuse: Refuse = (problem, advice) => new FormatError(source, 'compression', problem, advice);
  const compression = COMPRESSIONS.find(({ isUsed }) => isUsed(bytes));
  if (compression === undefined) return readPickleAt(new ByteCursor(bytes, source), limits, true);
  const inflated = compression.inflate(bytes, refuse, zipLimits);
  return readPickleAt(new ByteCursor(inflated, source, 'inflated'), limits, true);
}

/** Whether the bytes begin as a compression that joblib uses, read or not. */
export function isJoblibCompressed(bytes: Uint8Array): boolean {
  return COMPRESSIONS.some(({ isUsed }) => isUsed(bytes));
}

interface Compression {
  readonly isUsed: (bytes: Uint8Array) => boolean;
  readonly inflate: (bytes: Uint8Array, refuse: Refuse, limits: ZipLimits) => Uint8Array;
}

const COMPRESSIONS: readonly Compression[] = [
  { isUsed: (bytes) => begins(bytes, [0x5a, 0x46]), inflate: inflateOldJoblib },
  { isUsed: isZlib, inflate: (bytes, refuse, limits) => inflateZlib(bytes, null, refuse, limits) },
  { isUsed: (bytes) => begins(bytes, [0x1f, 0x8b]), inflate: inflateGzip },
  unread('bzip2', [0x42, 0x5a, 0x68]),
  unread('xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]),
  unread('lzma', [0x5d, 0x00, 0x00]),
  unread('lz4', [0x04, 0x22, 0x4d, 0x18]),
  unread('Zstandard', [0x28, 0xb5, 0x2f, 0xfd]),
];

function unread(name: string, magic: readonly number[]): Compression {
  return {
    isUsed: (bytes) => begins(bytes, magic),
    inflate: (_, refuse) => {
      const advice = "save it again with zlib: joblib.dump(joblib.load(path), path, compress=('zlib', 3))";
      throw refuse(`it is compressed with ${name}, which is not read`, advice);
    },
  };
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

const ZLIB_HEADER_BYTES = 2;
const ZLIB_TRAILER_BYTES = 4;

/** RFC 1950: method 8, a window of at most 32 KiB, and a check that makes the first two bytes a multiple of 31. */
function isZlib(bytes: Uint8Array): boolean {
  return (bytes[0] & 0x8f) === 8 && (bytes[0] * 256 + bytes[1]) % 31 === 0;
}

function inflateZlib(
  bytes: Uint8Array,
  declaredBytes: number | null,
  refuse: Refuse,
  limits: ZipLimits,
): Uint8Array {
  if (!isZlib(bytes) || bytes[1] & 0x20 || bytes.length < ZLIB_HEADER_BYTES + ZLIB_TRAILER_BYTES) {
    throw refuse('the zlib header is damaged', CUT_OFF);
  }
  const end = bytes.length - ZLIB_TRAILER_BYTES;
  const maxBytes = inflationLimit(bytes.length, limits);
  const inflated = inflateBounded(
    bytes.subarray(ZLIB_HEADER_BYTES, end),
    { declaredBytes, maxBytes },
    refuse,
  );
  const expected = new DataView(bytes.buffer, bytes.byteOffset + end, ZLIB_TRAILER_BYTES).getUint32(0);
  if (adler32(inflated) !== expected) throw refuse('the checksum is wrong', CUT_OFF);
  return inflated;
}

/** `ZF` and the inflated size in hexadecimal, 19 characters, then zlib: joblib before 0.10. */
function inflateOldJoblib(bytes: Uint8Array, refuse: Refuse, limits: ZipLimits): Uint8Array {
  const text = latin1Text(bytes, 2, Math.min(21, bytes.length));
  const size = /^0x([\da-f]{1,12})L? *$/i.exec(text);
  if (size === null) throw refuse('the header of old joblib is damaged', CUT_OFF);
  // joblib up to 0.8.4 on Python 2 wrote one blank more.
  const start = bytes[21] === 0x20 ? 22 : 21;
  return inflateZlib(bytes.subarray(start), Number.parseInt(size[1], 16), refuse, limits);
}

const GZIP_HEADER_BYTES = 10;
const GZIP_TRAILER_BYTES = 8;

/** RFC 1952, one member. */
function inflateGzip(bytes: Uint8Array, refuse: Refuse, limits: ZipLimits): Uint8Array {
  const flags = bytes[3];
  const cutOff = () => refuse('the gzip header is damaged', CUT_OFF);
  if (bytes.length < GZIP_HEADER_BYTES + GZIP_TRAILER_BYTES || bytes[2] !== 8 || flags & 0xe0) throw cutOff();
  let at = GZIP_HEADER_BYTES;
  if (flags & 4) at += 2 + bytes[at] + bytes[at + 1] * 256;
  for (const text of [8, 16]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) throw cutOff();
    at = end + 1;
  }
  if (flags & 2) at += 2;
  const end = bytes.length - GZIP_TRAILER_BYTES;
  if (at > end) throw cutOff();
  const maxBytes = inflationLimit(bytes.length, limits);
  const inflated = inflateBounded(bytes.subarray(at, end), { declaredBytes: null, maxBytes }, refuse);
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, GZIP_TRAILER_BYTES);
  if (crc32(inflated) !== trailer.getUint32(0, true)) throw refuse('the checksum is wrong', CUT_OFF);
  return inflated;
}
