import { FormatError } from '../errors.ts';
import { decodeText, quoteToken } from './text-bytes.ts';

/** `\x93NUMPY`, then two version bytes. */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const HEADER = 'header';
const SAVE_PLAIN = 'save a plain float array: np.save(path, np.asarray(a, dtype=np.float32))';
const MAX_AXES = 32;

export interface NpyHeader {
  /** Null where descr is no string: a record type. */
  readonly descr: string | null;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/**
 * Reads an NPY header, versions 1 to 3 (numpy.lib.format). `place` names it in errors.
 * @throws FormatError where the magic, the version or the dictionary is not as NumPy writes it.
 */
export function readNpyHeader(bytes: Uint8Array, source: string, place: string = HEADER): NpyHeader {
  if (NPY_MAGIC.some((byte, at) => bytes[at] !== byte)) throw notNpy(bytes, source, place);
  const version = bytes[6];
  if (!(version >= 1 && version <= 3)) {
    throw new FormatError(
      source,
      place,
      `NPY version is ${version ?? 'missing'}, known are 1 to 3`,
      SAVE_PLAIN,
    );
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const dictStart = 8 + lengthBytes;
  let length = 0;
  for (let at = lengthBytes - 1; at >= 0; at--) length = length * 256 + (bytes[8 + at] ?? Number.NaN);
  if (!(dictStart + length <= bytes.length)) {
    const found = `the header claims ${length} bytes, the file has ${Math.max(0, bytes.length - dictStart)} after it`;
    throw new FormatError(source, place, found, 'the file was cut off: save it again');
  }
  const text = decodeText(bytes, dictStart, dictStart + length);
  return { ...parseDict(text, source, place), dataStart: dictStart + length };
}

function notNpy(bytes: Uint8Array, source: string, place: string): FormatError {
  if (bytes.length === 0) return new FormatError(source, place, 'the file is empty', 'save it again');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return new FormatError(source, place, 'this is a zip archive (NPZ)', 'save one array of it with np.save');
  }
  if (bytes[0] === 0x80) {
    return new FormatError(source, place, 'this is a Python pickle, which is never opened', SAVE_PLAIN);
  }
  return new FormatError(
    source,
    place,
    'the file does not begin with the NPY magic',
    'check that it is an NPY file',
  );
}

/** The dictionary is a Python literal: descr is a string or a list, fortran_order a bool, shape a tuple of ints. */
function parseDict(text: string, source: string, place: string): Omit<NpyHeader, 'dataStart'> {
  const fail = (what: string): never => {
    throw new FormatError(source, place, `${what} in ${quoteToken(text.trim())}`, SAVE_PLAIN);
  };
  const body = text.trim();
  if (!body.startsWith('{') || !body.endsWith('}')) fail('no dictionary');

  const descr = /['"]descr['"]\s*:\s*(?:'([^']*)'|"([^"]*)"|(\[))/.exec(body);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(body);
  const shape = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(body);
  if (descr === null) return fail('no descr');
  if (order === null) return fail('no fortran_order');
  if (shape === null) return fail('no shape');
  // Python 2 wrote long integers as 3L.
  const lengths = shape[1]
    .split(',')
    .map((part) => part.trim())
    .filter((part, index, parts) => part !== '' || index < parts.length - 1);
  if (lengths.length > MAX_AXES || lengths.some((part) => !/^\d{1,15}L?$/.test(part))) {
    fail(`shape ${quoteToken(`(${shape[1]})`)} is no tuple of sizes`);
  }
  return {
    descr: descr[3] === undefined ? (descr[1] ?? descr[2]) : null,
    fortranOrder: order[1] === 'True',
    shape: lengths.map((part) => Number.parseInt(part, 10)),
  };
}
