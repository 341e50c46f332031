import { FormatError, type FormatWarning } from '../errors.ts';
import { type NpyArray, visitFortranOrder } from './npy-array.ts';
import { npyGetter, parseNpyDtype } from './npy-dtype.ts';
import { readNpyHeader } from './npy-header.ts';
import { quoteToken } from './text-bytes.ts';

/**
 * Reads an NPY file of plain numbers: floats of 2, 4 or 8 bytes and integers, either byte order, C or Fortran
 * order. NaN and infinities are kept. Nothing is ever unpickled.
 * @throws FormatError for other dtypes, a damaged header, and fewer bytes than the shape needs; memory is
 * taken only after that check.
 */
export function readNpy(bytes: Uint8Array, source: string): NpyArray {
  const { descr, fortranOrder, shape, dataStart } = readNpyHeader(bytes, source);
  const dtype = descr === null ? null : parseNpyDtype(descr);
  if (dtype === null) throw refuseDtype(descr, source);

  const count = shape.reduce((product, length) => product * length, 1);
  const needed = count * dtype.itemBytes;
  const found = bytes.length - dataStart;
  if (!(needed <= found)) {
    const shown = `(${shape.join(', ')}) of ${dtype.descr}`;
    throw new FormatError(
      source,
      'data',
      `shape ${shown} needs ${needed} bytes, the file has ${found}`,
      'it was cut off: save or copy it again',
    );
  }
  const warnings: FormatWarning[] = [];
  if (found > needed)
    warnings.push({ place: 'data', message: `${found - needed} bytes after the array are ignored` });

  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, needed);
  const get = npyGetter(dtype);
  const { itemBytes } = dtype;
  const data = new Float64Array(count);
  if (fortranOrder) {
    visitFortranOrder(shape, (cIndex, fileIndex) => {
      data[cIndex] = get(view, fileIndex * itemBytes);
    });
  } else {
    for (let index = 0; index < count; index++) data[index] = get(view, index * itemBytes);
  }
  return { shape, dtype, fortranOrder, data, warnings };
}

function refuseDtype(descr: string | null, source: string): FormatError {
  const place = 'header';
  if (descr === null) {
    return new FormatError(
      source,
      place,
      'the array holds records',
      'save one field of it: np.save(path, a["name"])',
    );
  }
  if (descr.endsWith('O')) {
    return new FormatError(
      source,
      place,
      'the array holds pickled Python objects, which are never opened',
      'save the positions inside it as a plain array: np.save(path, np.asarray(x, dtype=np.float32))',
    );
  }
  if (/c\d+$/.test(descr)) return new FormatError(source, place, `dtype ${descr} is complex`, 'save a.real');
  return new FormatError(
    source,
    place,
    `dtype ${quoteToken(descr)} holds no plain numbers`,
    'save a float array: np.save(path, a.astype(np.float32))',
  );
}
