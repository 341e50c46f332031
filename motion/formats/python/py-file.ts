import { FormatError } from '../../errors.ts';
import { NPY_MAGIC } from '../npy-header.ts';
import { isZip, readZip } from '../zip.ts';
import { isJoblibCompressed, readJoblib } from './joblib-read.ts';
import { npzOf } from './npz-read.ts';
import { readPyNpy } from './py-npy.ts';
import { type PyValue, unwrapScalar } from './py-value.ts';
import { isTorchLegacy } from './torch-legacy.ts';
import { isTorchZip, readTorch, readTorchZip } from './torch-read.ts';

/**
 * Reads any Python data file by its content: NPZ (a dict of its arrays), NPY, pickle, joblib and PyTorch. A 0-d NPY
 * (`np.save` of a dict) is its item.
 * @throws FormatError
 */
export function readPyFile(bytes: Uint8Array, source: string): PyValue {
  if (isZip(bytes)) {
    const entries = readZip(bytes, source);
    if (isTorchZip(entries)) return readTorchZip(entries, source);
    const npz = npzOf(entries, source);
    return new Map(npz.keys.map((key) => [key, npz.get(key)!]));
  }
  if (NPY_MAGIC.every((byte, at) => bytes[at] === byte)) return unwrapScalar(readPyNpy(bytes, source));
  if (isTorchLegacy(bytes)) return readTorch(bytes, source);
  if (isJoblibCompressed(bytes) || isPickle(bytes)) return readJoblib(bytes, source);
  const problem =
    bytes.length === 0 ? 'the file is empty' : 'the file is no NPZ, NPY, pickle, joblib or PyTorch file';
  throw new FormatError(source, 'start', problem, 'check that it is the file you meant, or save it again');
}

const PROTO = 0x80;
const HIGHEST_PROTOCOL = 5;
/** How pickles of protocols 0 and 1 begin: `(`, `]`, `}`, and `c` for a class. */
const OLD_STARTS = [0x28, 0x5d, 0x7d, 0x63];

function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === PROTO ? bytes[1] <= HIGHEST_PROTOCOL : OLD_STARTS.includes(bytes[0]);
}
