import { FormatError } from '../errors.ts';
import { decodeUtf8 } from './utf8.ts';
import { CUT_OFF } from './zip-inflate.ts';
import type { ZipLimits } from './zip-limits.ts';

/** What the central directory of a zip archive says about one entry. */
export interface ZipRecord {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly inflatedBytes: number;
  /** Where its local header is. */
  readonly headerStart: number;
}

export const ZIP_DIRECTORY = 'zip directory';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const RECORD_SIGNATURE = 0x02014b50;
const RECORD_BYTES = 46;
const MAX_COMMENT_BYTES = 65535;
const ZIP64_EXTRA = 1;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const UTF8_NAME = 0x800;

/** Reads the central directory of a zip archive, zip64 included. */
export function readZipDirectory(
  bytes: Uint8Array,
  source: string,
  limits: ZipLimits,
): { readonly records: readonly ZipRecord[]; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { count, start, end } = findDirectory(view, source);
  if (count > limits.maxEntries) {
    throw fail(source, `the archive has ${count} entries, at most ${limits.maxEntries} are read`);
  }
  const records: ZipRecord[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + RECORD_BYTES > end || view.getUint32(at, true) !== RECORD_SIGNATURE) {
      throw fail(source, `entry ${index} of ${count} is missing`);
    }
    const nameEnd = at + RECORD_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > end) throw fail(source, `entry ${index} of ${count} is cut off`);
    const flags = view.getUint16(at + 8, true);
    const nameBytes = bytes.subarray(at + RECORD_BYTES, nameEnd);
    const [inflatedBytes, compressedBytes, headerStart] = readExtents(view, at, nameEnd, extraEnd, source);
    records.push({
      name: decodeName(nameBytes, flags),
      nameBytes,
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressedBytes,
      inflatedBytes,
      headerStart,
    });
    at = next;
  }
  return { records, start };
}

/** The end record is last in the file, but for a comment. */
function findDirectory(view: DataView, source: string): { count: number; start: number; end: number } {
  const last = view.byteLength - END_BYTES;
  let at = last;
  while (!isEndRecord(view, at)) {
    at--;
    if (at < 0 || at < last - MAX_COMMENT_BYTES)
      throw fail(source, 'the zip archive has no directory at its end');
  }
  let count = view.getUint16(at + 10, true);
  let size = view.getUint32(at + 12, true);
  let start = view.getUint32(at + 16, true);
  let disks = view.getUint16(at + 4, true) + view.getUint16(at + 6, true);
  const locator = at - LOCATOR_BYTES;
  const isSaturated = count === FULL_16 || size === FULL_32 || start === FULL_32;
  if (isSaturated && locator >= 0 && view.getUint32(locator, true) === LOCATOR_SIGNATURE) {
    const end64 = bigNumber(view, locator + 8);
    if (end64 + END64_BYTES > locator || view.getUint32(end64, true) !== END64_SIGNATURE) {
      throw fail(source, 'the zip64 end record is missing');
    }
    disks = view.getUint32(end64 + 16, true) + view.getUint32(end64 + 20, true);
    count = bigNumber(view, end64 + 32);
    size = bigNumber(view, end64 + 40);
    start = bigNumber(view, end64 + 48);
  }
  if (disks !== 0) throw fail(source, 'the archive is split over several files', 'join them');
  if (start + size > at) throw fail(source, 'the directory reaches beyond its end');
  return { count, start, end: start + size };
}

function isEndRecord(view: DataView, at: number): boolean {
  return (
    at >= 0 &&
    view.getUint32(at, true) === END_SIGNATURE &&
    at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength
  );
}

/** Inflated size, compressed size, place of the local header; full fields are found in the zip64 extra. */
function readExtents(
  view: DataView,
  at: number,
  extraStart: number,
  extraEnd: number,
  source: string,
): [number, number, number] {
  const values = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  if (!values.includes(FULL_32)) return values as [number, number, number];
  for (let extra = extraStart; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
    if (view.getUint16(extra, true) !== ZIP64_EXTRA) continue;
    let field = extra + 4;
    const fieldsEnd = Math.min(extraEnd, field + view.getUint16(extra + 2, true));
    const full = values.map((value) => {
      if (value !== FULL_32) return value;
      if (field + 8 > fieldsEnd) throw fail(source, 'a zip64 size is missing');
      field += 8;
      return bigNumber(view, field - 8);
    });
    return full as [number, number, number];
  }
  // Exactly 4 GiB less a byte, without zip64: refused by the sizes that follow.
  return values as [number, number, number];
}

/** Rounds above 2^53, far beyond any file. */
function bigNumber(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

function decodeName(bytes: Uint8Array, flags: number): string {
  const utf8 = flags & UTF8_NAME ? decodeUtf8(bytes) : null;
  if (utf8 !== null) return utf8;
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join('');
}

/** The upper half of code page 437, in which zip names are written unless marked as UTF-8. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function fail(source: string, problem: string, advice = CUT_OFF): FormatError {
  return new FormatError(source, ZIP_DIRECTORY, problem, advice);
}
