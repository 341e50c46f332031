/**
 * Arrays between processes: one block of bytes with named typed arrays in it, instead of JSON numbers.
 *
 * Layout, little-endian: `PMA1`, uint32 length of the header, the header (JSON: name, kind, offset and count of
 * each array, in UTF-8 ASCII), padding, then the arrays, each at a multiple of 8 bytes, so that a reader can look
 * at them in place.
 */
export type PackedArray = Float32Array | Float64Array | Int32Array | Uint8Array;
export type PackedArrays = Readonly<Record<string, PackedArray>>;

const MAGIC = [0x50, 0x4d, 0x41, 0x31];
const ALIGNMENT = 8;
const PREFIX_BYTES = 8;

const KINDS = {
  f32: Float32Array,
  f64: Float64Array,
  i32: Int32Array,
  u8: Uint8Array,
} as const;
type Kind = keyof typeof KINDS;

interface HeaderEntry {
  readonly name: string;
  readonly kind: Kind;
  readonly offset: number;
  readonly count: number;
}

/** Copies the arrays into one block. Names are ASCII. Throws RangeError on a kind of array or a name it cannot carry. */
export function packArrays(arrays: PackedArrays): Uint8Array<ArrayBuffer> {
  const entries: HeaderEntry[] = [];
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    for (let at = 0; at < name.length; at++) {
      if (name.charCodeAt(at) > 0x7e) throw new RangeError(`array name '${name}' is not ASCII`);
    }
    entries.push({ name, kind: kindOf(array), offset, count: array.length });
    offset = aligned(offset + array.byteLength);
  }
  const header = JSON.stringify(entries);
  const dataStart = aligned(PREFIX_BYTES + header.length);
  const block = new Uint8Array(dataStart + offset);
  block.set(MAGIC);
  new DataView(block.buffer).setUint32(4, header.length, true);
  for (let at = 0; at < header.length; at++) block[PREFIX_BYTES + at] = header.charCodeAt(at);
  for (const entry of entries) {
    const array = arrays[entry.name];
    block.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), dataStart + entry.offset);
  }
  return block;
}

/**
 * The arrays of a block made by `packArrays`, as views into it.
 * Throws RangeError on bytes that are not such a block, or that were cut short.
 */
export function unpackArrays(buffer: ArrayBuffer): Record<string, PackedArray> {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < PREFIX_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw new RangeError('the bytes are not a block of arrays');
  }
  const headerBytes = new DataView(buffer).getUint32(4, true);
  if (PREFIX_BYTES + headerBytes > bytes.length) throw new RangeError('the block of arrays was cut short');
  let header = '';
  for (let at = 0; at < headerBytes; at++) header += String.fromCharCode(bytes[PREFIX_BYTES + at]);
  const dataStart = aligned(PREFIX_BYTES + headerBytes);
  const arrays: Record<string, PackedArray> = {};
  for (const { name, kind, offset, count } of JSON.parse(header) as HeaderEntry[]) {
    const ArrayOfKind = KINDS[kind];
    if (dataStart + offset + count * ArrayOfKind.BYTES_PER_ELEMENT > bytes.length) {
      throw new RangeError('the block of arrays was cut short');
    }
    arrays[name] = new ArrayOfKind(buffer, dataStart + offset, count);
  }
  return arrays;
}

/** One array of a block, which must be there and of single precision. */
export function float32Of(arrays: Readonly<Record<string, PackedArray>>, name: string): Float32Array {
  const array = arrays[name];
  if (!(array instanceof Float32Array)) throw new RangeError(`the block holds no float32 array '${name}'`);
  return array;
}

function kindOf(array: PackedArray): Kind {
  for (const [kind, ArrayOfKind] of Object.entries(KINDS)) {
    if (array.constructor === ArrayOfKind) return kind as Kind;
  }
  throw new RangeError('an array is of a kind that cannot be packed');
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
