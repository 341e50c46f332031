import { zlibSync } from 'fflate';
import type { FbxProperty, FbxRecord } from './fbx-record.ts';

/** What Blender's importer asks for at least and all others read; its offsets have 32 bits. */
export const FBX_VERSION = 7400;

/** `FileId` and the ends of the file that go with this `CreationTime`: Autodesk's readers check that they match. */
export const CREATION_TIME = '1970-01-01 10:00:00:000';
export const FILE_ID = Uint8Array.of(
  0x28,
  0xb3,
  0x2a,
  0xeb,
  0xb6,
  0x24,
  0xcc,
  0xc2,
  0xbf,
  0xc8,
  0xb0,
  0x2a,
  0xa9,
  0x2b,
  0xfc,
  0xf1,
);
export const FOOTER_ID = [
  0xfa, 0xbc, 0xab, 0x09, 0xd0, 0xc8, 0xd4, 0x66, 0xb1, 0x76, 0xfb, 0x83, 0x1c, 0xf7, 0x26, 0x7e,
];
export const FOOTER_END = [
  0xf8, 0x5a, 0x8c, 0x6a, 0xde, 0xf5, 0xd9, 0x7e, 0xec, 0xe9, 0x0c, 0xe3, 0x75, 0x8f, 0x29, 0x0b,
];
export const MAGIC = 'Kaydara FBX Binary  \0\x1a\0';

/** Length of a record without name, properties and children; as zeros, the end of a list. */
const RECORD_HEAD = 13;
const FOOTER_ZEROS = 120;
/** Shorter arrays are stored as they are. Bytes. */
const COMPRESSED_FROM = 128;

/**
 * The bytes of a binary FBX file with these top-level records.
 * @param isPacked whether long arrays are compressed
 */
export function encodeFbx(records: readonly FbxRecord[], isPacked = true): Uint8Array {
  const arrays: EncodedArrays = { isPacked, known: new Map() };
  const prepared = records.map((record) => prepareRecord(record, arrays));
  const bodyLength = prepared.reduce((sum, { length }) => sum + length, 0) + RECORD_HEAD;
  const start = MAGIC.length + 4;
  const padding = 16 - ((start + bodyLength + FOOTER_ID.length + 4) % 16);
  const bytes = new Uint8Array(
    start + bodyLength + FOOTER_ID.length + 4 + padding + 4 + FOOTER_ZEROS + FOOTER_END.length,
  );
  if (bytes.length > 0xffffffff) throw new RangeError('an FBX file of this version holds 4 GB at most');
  const view = new DataView(bytes.buffer);
  bytes.set(utf8(MAGIC), 0);
  view.setUint32(MAGIC.length, FBX_VERSION, true);
  let at = start;
  for (const record of prepared) at = writeRecord(bytes, view, at, record);
  at += RECORD_HEAD;
  bytes.set(FOOTER_ID, at);
  at += FOOTER_ID.length + 4 + padding;
  view.setUint32(at, FBX_VERSION, true);
  bytes.set(FOOTER_END, at + 4 + FOOTER_ZEROS);
  return bytes;
}

/** Bytes of arrays by the array: all curves of a joint, often of a take, share their times. */
interface EncodedArrays {
  readonly isPacked: boolean;
  readonly known: Map<object, Uint8Array>;
}

/** A record whose properties are bytes already, so that its length is known. */
interface PreparedRecord {
  readonly name: Uint8Array;
  readonly properties: readonly Uint8Array[];
  readonly children: readonly PreparedRecord[];
  readonly hasList: boolean;
  readonly length: number;
}

function prepareRecord(record: FbxRecord, arrays: EncodedArrays): PreparedRecord {
  const name = utf8(record.name);
  const properties = record.properties.map((property) => encodeProperty(property, arrays));
  const children = record.children.map((child) => prepareRecord(child, arrays));
  // A record without properties has a list, be it empty: its end mark tells readers that it is one.
  const hasList = children.length > 0 || record.properties.length === 0 || record.hasEmptyList === true;
  const length =
    RECORD_HEAD +
    name.length +
    properties.reduce((sum, bytes) => sum + bytes.length, 0) +
    children.reduce((sum, child) => sum + child.length, 0) +
    (hasList ? RECORD_HEAD : 0);
  return { name, properties, children, hasList, length };
}

function writeRecord(bytes: Uint8Array, view: DataView, start: number, record: PreparedRecord): number {
  const end = start + record.length;
  view.setUint32(start, end, true);
  view.setUint32(start + 4, record.properties.length, true);
  view.setUint32(
    start + 8,
    record.properties.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  bytes[start + 12] = record.name.length;
  let at = start + RECORD_HEAD;
  bytes.set(record.name, at);
  at += record.name.length;
  for (const property of record.properties) {
    bytes.set(property, at);
    at += property.length;
  }
  for (const child of record.children) at = writeRecord(bytes, view, at, child);
  return end;
}

function encodeProperty(property: FbxProperty, arrays: EncodedArrays): Uint8Array {
  const { type, value } = property;
  switch (type) {
    case 'C':
      return Uint8Array.of(type.charCodeAt(0), value ? 1 : 0);
    case 'I':
      return scalar(type, 4, (view) => view.setInt32(1, value, true));
    case 'D':
      return scalar(type, 8, (view) => view.setFloat64(1, value, true));
    case 'L':
      return scalar(type, 8, (view) => view.setBigInt64(1, value, true));
    case 'S':
      return withLength(type, utf8(value));
    case 'R':
      return withLength(type, value);
    default: {
      const known = arrays.known.get(value) ?? encodeArray(type, value, arrays.isPacked);
      arrays.known.set(value, known);
      return known;
    }
  }
}

function scalar(type: string, size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(1 + size);
  bytes[0] = type.charCodeAt(0);
  write(new DataView(bytes.buffer));
  return bytes;
}

function withLength(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + content.length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, content.length, true);
  bytes.set(content, 5);
  return bytes;
}

function encodeArray(
  type: string,
  values: Int32Array | Float32Array | Float64Array | BigInt64Array,
  isPacked: boolean,
): Uint8Array {
  const plain = littleEndian(values);
  const isCompressed = isPacked && plain.length > COMPRESSED_FROM;
  const content = isCompressed ? zlibSync(plain) : plain;
  const bytes = new Uint8Array(13 + content.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = type.charCodeAt(0);
  view.setUint32(1, values.length, true);
  view.setUint32(5, isCompressed ? 1 : 0, true);
  view.setUint32(9, content.length, true);
  bytes.set(content, 13);
  return bytes;
}

function littleEndian(values: Int32Array | Float32Array | Float64Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  const size = values.BYTES_PER_ELEMENT;
  values.forEach((value: number | bigint, index: number) => {
    if (typeof value === 'bigint') view.setBigInt64(index * size, value, true);
    else if (values instanceof Int32Array) view.setInt32(index * size, value, true);
    else if (values instanceof Float32Array) view.setFloat32(index * size, value, true);
    else view.setFloat64(index * size, value, true);
  });
  return bytes;
}

/** UTF-8, as files of this version hold texts, without a TextEncoder, which is no part of the language. */
function utf8(value: string): Uint8Array {
  const isAscii = /^[\0-\x7f]*$/.test(value);
  const encoded = isAscii ? value : encodeURIComponent(value.replace(LONE_SURROGATE, '?'));
  const bytes = isAscii
    ? value
    : encoded.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
