import { type NpyArray, visitFortranOrder } from './npy-array.ts';
import { fitsNpyDtype, npySetter } from './npy-dtype.ts';
import { NPY_MAGIC } from './npy-header.ts';
import { latin1Bytes } from './text-bytes.ts';

/** NumPy starts the data at a multiple of this. */
const DATA_ALIGNMENT = 64;

/**
 * Writes an NPY file (version 1) with the array's dtype and item order.
 * @throws RangeError for a value the dtype cannot hold: overflow, or a fraction in an integer type.
 */
export function writeNpy({ shape, dtype, fortranOrder, data }: Omit<NpyArray, 'warnings'>): Uint8Array {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== data.length) throw new RangeError(`shape (${shape.join(', ')}) is not ${data.length} values`);
  const header = npyHeader(shape, dtype.descr, fortranOrder);
  const { itemBytes } = dtype;
  const bytes = new Uint8Array(header.length + count * itemBytes);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  const set = npySetter(dtype);
  const write = (cIndex: number, fileIndex: number): void => {
    const value = data[cIndex];
    if (!fitsNpyDtype(value, dtype))
      throw new RangeError(`${value} (item ${cIndex}) does not fit ${dtype.descr}`);
    set(view, fileIndex * itemBytes, value);
  };
  if (fortranOrder) visitFortranOrder(shape, write);
  else for (let index = 0; index < count; index++) write(index, index);
  return bytes;
}

/** Magic, version 1 and the dictionary, filled up with blanks to NumPy's alignment. */
export function npyHeader(shape: readonly number[], descr: string, fortranOrder: boolean): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  // Magic, two version bytes, two length bytes; the dictionary ends in a line feed.
  const prefix = NPY_MAGIC.length + 4;
  const total = Math.ceil((prefix + dict.length + 1) / DATA_ALIGNMENT) * DATA_ALIGNMENT;
  const length = total - prefix;
  const header = new Uint8Array(total);
  header.set(NPY_MAGIC);
  header.set([1, 0, length & 255, length >> 8], NPY_MAGIC.length);
  header.set(latin1Bytes(`${dict.padEnd(length - 1)}\n`), prefix);
  return header;
}
