import { unzlibSync } from 'fflate';
import { FormatError } from '../../errors.ts';
import { MAGIC } from './fbx-encode.ts';
import type { FbxTree, FbxTreeNode, FbxValue } from './fbx-tree.ts';

/** Offsets have 64 bits from this version on. */
const WIDE_FROM = 7500;
const OLDEST = 7000;
const DEEPEST = 64;
const MOST_RECORDS = 5_000_000;
/** Deflate makes a byte of at most so many. */
const BEST_RATIO = 1032;

export interface FbxDecodeOptions {
  /** Whether the arrays of records of this name are wanted; others are skipped. Default: all. */
  readonly wantsArray?: (recordName: string) => boolean;
}

export function isBinaryFbx(bytes: Uint8Array): boolean {
  return bytes.length >= 27 && [...MAGIC].every((character, at) => bytes[at] === character.charCodeAt(0));
}

/**
 * Reads the records of a binary FBX file. No length in it is believed before it is seen to fit: a record must end
 * within the one around it, an array within its record, and no array unpacks to more than its packed bytes can hold.
 * Throws FormatError, naming `source`, the record and its offset.
 */
export function decodeFbx(bytes: Uint8Array, source: string, options: FbxDecodeOptions = {}): FbxTree {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(MAGIC.length, true);
  if (version < OLDEST || version > 8000) {
    throw new FormatError(
      source,
      'header',
      `is FBX version ${version / 1000}, this program reads 7.0 to 7.7`,
      'save it as FBX 2014 or later, for example with Autodesk FBX Converter or Blender',
    );
  }
  const reader: Reader = { bytes, view, source, isWide: version >= WIDE_FROM, options, records: 0 };
  return {
    version,
    container: 'binary',
    nodes: readList(reader, MAGIC.length + 4, bytes.length, 0, 'file').nodes,
  };
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly source: string;
  readonly isWide: boolean;
  readonly options: FbxDecodeOptions;
  records: number;
}

/** Records from `at` up to the mark that ends a list, or `end`. */
function readList(
  reader: Reader,
  start: number,
  end: number,
  depth: number,
  parent: string,
): { nodes: FbxTreeNode[]; at: number } {
  if (depth > DEEPEST) throw damaged(reader, parent, start, `records lie more than ${DEEPEST} deep`);
  const headLength = reader.isWide ? 25 : 13;
  const nodes: FbxTreeNode[] = [];
  let at = start;
  while (at < end) {
    if (at + headLength > end) throw damaged(reader, parent, at, 'the file ends in the middle of a record');
    const recordEnd = readOffset(reader, at, 0);
    if (recordEnd === 0) return { nodes, at: at + headLength };
    const [node, next] = readRecord(reader, at, recordEnd, end, depth, parent);
    nodes.push(node);
    at = next;
  }
  if (depth === 0) throw damaged(reader, parent, at, 'the list of records has no end: the file is cut off');
  return { nodes, at };
}

function readRecord(
  reader: Reader,
  start: number,
  recordEnd: number,
  limit: number,
  depth: number,
  parent: string,
): [FbxTreeNode, number] {
  const { bytes, source } = reader;
  const headLength = reader.isWide ? 25 : 13;
  const valueCount = readOffset(reader, start, 1);
  const valuesLength = readOffset(reader, start, 2);
  const nameLength = bytes[start + headLength - 1];
  const valuesStart = start + headLength + nameLength;
  const valuesEnd = valuesStart + valuesLength;
  if (recordEnd > limit || valuesEnd > recordEnd || valueCount > valuesLength) {
    throw damaged(
      reader,
      parent,
      start,
      `a record claims to end at byte ${recordEnd}, beyond what is around it`,
    );
  }
  reader.records++;
  if (reader.records > MOST_RECORDS)
    throw new FormatError(source, 'records', `are more than ${MOST_RECORDS}`);
  const name = latin1(bytes.subarray(start + headLength, valuesStart));
  const values: FbxValue[] = [];
  let at = valuesStart;
  for (let index = 0; index < valueCount; index++) {
    const [value, next] = readValue(reader, at, valuesEnd, name);
    values.push(value);
    at = next;
  }
  if (at !== valuesEnd) throw damaged(reader, name, start, 'its values are shorter than it claims');
  const children = at < recordEnd ? readList(reader, at, recordEnd, depth + 1, name) : undefined;
  if (children && children.at !== recordEnd)
    throw damaged(reader, name, start, 'its children end before it does');
  return [{ name, values, children: children?.nodes ?? [] }, recordEnd];
}

const SCALAR_BYTES: Readonly<Record<string, number>> = { C: 1, B: 1, Y: 2, I: 4, F: 4, D: 8, L: 8 };
const ELEMENT_BYTES: Readonly<Record<string, number>> = { b: 1, c: 1, i: 4, f: 4, d: 8, l: 8 };

function readValue(reader: Reader, start: number, end: number, record: string): [FbxValue, number] {
  const { bytes, view } = reader;
  const type = String.fromCharCode(bytes[start]);
  const at = start + 1;
  const need = (length: number): void => {
    if (at + length > end)
      throw damaged(reader, record, start, `a value of type ${type} reaches beyond the record`);
  };
  const size = SCALAR_BYTES[type];
  if (size !== undefined) {
    need(size);
    return [readNumber(view, at, type), at + size];
  }
  if (type === 'S' || type === 'R') {
    need(4);
    const length = view.getUint32(at, true);
    need(4 + length);
    const content = bytes.subarray(at + 4, at + 4 + length);
    return [type === 'S' ? utf8(content) : null, at + 4 + length];
  }
  const element = ELEMENT_BYTES[type];
  if (element === undefined)
    throw damaged(reader, record, start, `has a value of the unknown type ${JSON.stringify(type)}`);
  need(12);
  const count = view.getUint32(at, true);
  const encoding = view.getUint32(at + 4, true);
  const stored = view.getUint32(at + 8, true);
  const length = encoding === 0 ? count * element : stored;
  need(12 + length);
  const next = at + 12 + length;
  if (reader.options.wantsArray && !reader.options.wantsArray(record)) return [null, next];
  if (count * element > BEST_RATIO * length) {
    throw damaged(
      reader,
      record,
      start,
      `an array claims ${count} numbers, which its ${length} bytes cannot hold`,
    );
  }
  const packed = bytes.subarray(at + 12, next);
  const plain = encoding === 0 ? packed : inflate(reader, record, start, packed, count * element);
  const plainView = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const values = new Float64Array(count);
  const scalar = { b: 'B', c: 'C', i: 'I', f: 'F', d: 'D', l: 'L' }[type]!;
  for (let index = 0; index < count; index++)
    values[index] = Number(readNumber(plainView, index * element, scalar));
  return [values, next];
}

function inflate(reader: Reader, record: string, at: number, packed: Uint8Array, length: number): Uint8Array {
  try {
    const plain = unzlibSync(packed, { out: new Uint8Array(length) });
    if (plain.length === length) return plain;
  } catch {
    // Told below, with the place.
  }
  throw damaged(reader, record, at, 'an array does not unpack to the numbers it claims');
}

function readNumber(view: DataView, at: number, type: string): number | bigint | boolean {
  switch (type) {
    case 'C':
    case 'B':
      return view.getUint8(at) !== 0;
    case 'Y':
      return view.getInt16(at, true);
    case 'I':
      return view.getInt32(at, true);
    case 'F':
      return view.getFloat32(at, true);
    case 'D':
      return view.getFloat64(at, true);
    default:
      return view.getBigInt64(at, true);
  }
}

/** The n-th of the three lengths at a record's start; beyond 2⁵³ it is damage that the checks above will find. */
function readOffset({ view, isWide }: Reader, start: number, index: number): number {
  return isWide
    ? Number(view.getBigUint64(start + index * 8, true))
    : view.getUint32(start + index * 4, true);
}

function damaged({ source }: Reader, record: string, at: number, problem: string): FormatError {
  return new FormatError(source, `${record} at byte ${at}`, problem, 'export it again: the file is damaged');
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** UTF-8, without a TextDecoder, which is no part of the language; bytes that are none become `?`. */
function utf8(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 0x80)) return asciiText(bytes);
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return asciiText(bytes.map((byte) => (byte < 0x80 ? byte : 0x3f)));
  }
}

function asciiText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += latin1(bytes.subarray(at, at + 4096));
  return text;
}
