import { FormatError } from '../errors.ts';
import { quoteToken } from './text-bytes.ts';
import { crc32 } from './zip-checksum.ts';
import { readZipDirectory, ZIP_DIRECTORY, type ZipRecord } from './zip-directory.ts';
import { CUT_OFF, inflateBounded, type Refuse } from './zip-inflate.ts';
import { inflationLimit, ZIP_LIMITS, type ZipLimits } from './zip-limits.ts';

/** One file of a zip archive. Nothing is inflated before it is asked for, and nothing is kept afterwards. */
export interface ZipEntry {
  readonly name: string;
  /** Inflated size in bytes, as declared; what comes out is checked against it. */
  readonly size: number;
  /**
   * The whole content, its checksum verified; a view of the archive where it is stored plain.
   * @throws FormatError
   */
  read(): Uint8Array;
  /** The first bytes, without a checksum; fewer where the entry is shorter. */
  head(byteCount: number): Uint8Array;
}

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
};
const SAVE_AGAIN = 'save it again with np.savez_compressed or any plain zip';

/** Whether the bytes begin as a zip archive does (an empty one has only its end). */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

/**
 * The entries of a zip archive, in the order of its directory.
 * @throws FormatError for a damaged or encrypted archive, names that occur twice, entries that overlap, and one that
 * would unfold beyond the limits (a zip bomb).
 */
export function readZip(bytes: Uint8Array, source: string, limits: ZipLimits = ZIP_LIMITS): ZipEntry[] {
  const { records, start } = readZipDirectory(bytes, source, limits);
  checkNamesAndSizes(records, source, limits);
  const spans = records.map((record) => locate(bytes, record, start, source));
  checkOverlap(records, spans, source);
  return records.map((record, index) =>
    entryOf(record, bytes.subarray(spans[index].start, spans[index].end), source, limits),
  );
}

function entryOf(record: ZipRecord, content: Uint8Array, source: string, limits: ZipLimits): ZipEntry {
  const { name, method, inflatedBytes } = record;
  const refuse: Refuse = (problem, advice) => new FormatError(source, placeOf(name), problem, advice);
  const inflate = (onlyBytes?: number): Uint8Array => {
    if (method === STORED) return onlyBytes === undefined ? content : content.subarray(0, onlyBytes);
    if (method !== DEFLATED) {
      throw refuse(
        `it is compressed with ${METHODS[method] ?? `method ${method}`}, which is not read`,
        SAVE_AGAIN,
      );
    }
    const bounds = { declaredBytes: inflatedBytes, maxBytes: inflationLimit(content.length, limits) };
    return inflateBounded(content, onlyBytes === undefined ? bounds : { ...bounds, onlyBytes }, refuse);
  };
  return {
    name,
    size: inflatedBytes,
    read: () => {
      const inflated = inflate();
      if (crc32(inflated) !== record.crc) throw refuse('its checksum is wrong', CUT_OFF);
      return inflated;
    },
    head: (byteCount) => inflate(byteCount),
  };
}

function checkNamesAndSizes(records: readonly ZipRecord[], source: string, limits: ZipLimits): void {
  const names = new Set<string>();
  let total = 0;
  for (const { name, flags, method, compressedBytes, inflatedBytes } of records) {
    const refuse = (problem: string, advice: string) =>
      new FormatError(source, placeOf(name), problem, advice);
    if (names.has(name)) throw refuse('the archive has two entries of this name', SAVE_AGAIN);
    names.add(name);
    if (flags & ENCRYPTED) throw refuse('it is encrypted', 'save it without a password');
    if (method === STORED && compressedBytes !== inflatedBytes) throw refuse('its two sizes differ', CUT_OFF);
    if (inflatedBytes > inflationLimit(compressedBytes, limits)) {
      throw refuse(
        `${compressedBytes} bytes claim to inflate to ${inflatedBytes}`,
        'no motion data compress so far; the file may be malicious',
      );
    }
    total += inflatedBytes;
  }
  if (total > limits.maxTotalBytes) {
    const problem = `the archive inflates to ${total} bytes, at most ${limits.maxTotalBytes} are read`;
    throw new FormatError(source, ZIP_DIRECTORY, problem, 'split it into several files');
  }
}

interface Span {
  readonly headerStart: number;
  readonly start: number;
  readonly end: number;
}

/** Where an entry's content lies. The local header repeats the name; sizes in it may be missing. */
function locate(bytes: Uint8Array, record: ZipRecord, directoryStart: number, source: string): Span {
  const { headerStart, nameBytes, name, compressedBytes } = record;
  const damaged = (problem: string) => new FormatError(source, placeOf(name), problem, CUT_OFF);
  if (headerStart + LOCAL_BYTES > directoryStart) throw damaged('its header lies beyond the entries');
  const view = new DataView(bytes.buffer, bytes.byteOffset + headerStart, LOCAL_BYTES);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) throw damaged('its header is missing');
  const nameStart = headerStart + LOCAL_BYTES;
  const nameLength = view.getUint16(26, true);
  const isSameName =
    nameLength === nameBytes.length && nameBytes.every((byte, at) => bytes[nameStart + at] === byte);
  if (!isSameName) throw damaged('its header has another name than the directory');
  const start = nameStart + nameLength + view.getUint16(28, true);
  const end = start + compressedBytes;
  if (end > directoryStart) throw damaged(`its ${compressedBytes} bytes reach beyond the entries`);
  return { headerStart, start, end };
}

/** Entries that share bytes let a small archive unfold without bound. */
function checkOverlap(records: readonly ZipRecord[], spans: readonly Span[], source: string): void {
  const order = spans.map((_, index) => index).sort((a, b) => spans[a].headerStart - spans[b].headerStart);
  for (let at = 1; at < order.length; at++) {
    if (spans[order[at]].headerStart < spans[order[at - 1]].end) {
      const place = placeOf(records[order[at]].name);
      throw new FormatError(source, place, 'it overlaps another entry', 'the file may be malicious');
    }
  }
}

function placeOf(name: string): string {
  return name === '' ? 'entry without a name' : quoteToken(name).slice(1, -1);
}
