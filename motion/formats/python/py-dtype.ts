import { type NpyGetter, npyGetter, parseNpyDtype } from '../npy-dtype.ts';

/** The type of an array's items. */
export interface PyDtype {
  /** numpy's name without byte order: `f4`, `b1`, `U`, `O`; `bf16` is torch's bfloat16. */
  readonly name: string;
  readonly itemBytes: number;
  readonly isLittleEndian: boolean;
  /** Reads one number; null where the items are none. */
  readonly get: NpyGetter | null;
  /** Why the items are not read, and the way out; null where they are. */
  readonly refusal: readonly [problem: string, advice: string] | null;
}

const DESCR = /^([<>=|]?)([a-zA-Z?])(\d{0,9})/;
const UTF32_BYTES = 4;

/** Reads `<f4`, `|b1`, `<U5`, `|O` and their like; what holds no plain values gets a `refusal`. */
export function parsePyDtype(descr: string): PyDtype {
  const found = DESCR.exec(descr);
  if (found === null)
    return refused('V', 0, `dtype '${descr.slice(0, 40)}' is not known`, 'save a float array');
  const [, order, kind, digits] = found;
  const size = Number(digits);
  const isLittleEndian = order !== '>';
  const base = { isLittleEndian, get: null, refusal: null };
  const plain = parseNpyDtype(descr);
  if (plain !== null) {
    return { ...base, name: `${kind}${size}`, itemBytes: plain.itemBytes, get: npyGetter(plain) };
  }
  if (kind === '?' || (kind === 'b' && size === 1)) return { ...BOOLEAN };
  if (kind === 'U') return { ...base, name: 'U', itemBytes: size * UTF32_BYTES };
  if (kind === 'S' || kind === 'a') return { ...base, name: 'S', itemBytes: size };
  if (kind === 'O') return { ...base, name: 'O', itemBytes: 0 };
  const name = `${kind}${digits}`;
  if (kind === 'c') return refused(name, size, 'the numbers are complex', 'save the real part: a.real');
  if (kind === 'V') return recordsDtype(size);
  if (kind === 'M' || kind === 'm') return refused(name, size, 'the items are dates', 'save them as seconds');
  return refused(name, size, `dtype ${name} holds no plain numbers`, 'save it as a.astype(np.float64)');
}

const BOOLEAN: PyDtype = {
  name: 'b1',
  itemBytes: 1,
  isLittleEndian: true,
  get: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  refusal: null,
};

/** Records (a structured dtype) of so many bytes. */
export function recordsDtype(itemBytes: number): PyDtype {
  return refused('V', itemBytes, 'the items are records', "save one field: np.save(path, a['name'])");
}

/** The upper half of a float32. */
export const BFLOAT16: PyDtype = {
  name: 'bf16',
  itemBytes: 2,
  isLittleEndian: true,
  get: (view, at) => {
    widened.setUint32(0, view.getUint16(at, true) << 16);
    return widened.getFloat32(0);
  },
  refusal: null,
};

const widened = new DataView(new ArrayBuffer(4));

function refused(name: string, itemBytes: number, problem: string, advice: string): PyDtype {
  return { name, itemBytes, isLittleEndian: true, get: null, refusal: [problem, advice] };
}
