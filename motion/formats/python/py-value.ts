/**
 * What Python data files (NPZ, pickle, joblib, PyTorch) hold, as plain data. Only what describes data is ever built:
 * nothing in a file names code that runs.
 *
 * Values are shared: where a file refers to one thing twice, both places hold the same object. The readers refuse
 * cycles, great depth, and trees that unfold far beyond the file (`py-unfold.ts`), so that walking a value is safe.
 * Do not copy deeply what is not needed.
 */
export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PyArray
  | readonly PyValue[]
  | PyDict
  | PyObject;

/**
 * Keys are strings, or numbers where Python had integers (track ids). Other keys become text: `None`, `(1, 2)`.
 */
export type PyDict = ReadonlyMap<PyKey, PyValue>;
export type PyKey = string | number;

/**
 * A numpy array or a torch tensor. `data` and `items` are read and converted when they are first asked for, and kept:
 * asking for neither costs nothing, however large the array. Both may then throw `FormatError`: for damage that
 * shows only there, and for types that hold no plain numbers (complex, records, dates).
 */
export interface PyArray {
  readonly kind: 'array';
  readonly shape: readonly number[];
  /** numpy's name without byte order: `f4`, `i8`, `b1`, `U`, `S`, `O`; `bf16` for torch.bfloat16. */
  readonly dtype: string;
  /**
   * C order whatever the file had; null for arrays of strings and objects. Booleans are 0 and 1. 64-bit integers
   * beyond 2^53 are rounded to the nearest double.
   */
  readonly data: Float64Array | null;
  /** C order, for `U`, `S` and `O`; null for numbers. `S` is decoded as UTF-8, else as Latin-1. */
  readonly items: readonly PyValue[] | null;
}

/** An instance of a class on the allow-list that is not an array (`chumpy.Ch`, a scipy matrix): its state, inert. */
export interface PyObject {
  readonly kind: 'object';
  /** `module.Class`. A class that is merely mentioned looks the same, without arguments and state. */
  readonly className: string;
  /** What it was made with. */
  readonly args: readonly PyValue[];
  readonly state: PyValue;
}

export function isPyArray(value: PyValue | undefined): value is PyArray {
  return hasKind(value, 'array');
}

export function isPyObject(value: PyValue | undefined): value is PyObject {
  return hasKind(value, 'object');
}

export function isPyDict(value: PyValue | undefined): value is PyDict {
  return value instanceof Map;
}

/** A 0-d array is its only item (a number, a text, a dict); any other value is itself. */
export function unwrapScalar(value: PyValue): PyValue {
  if (!isPyArray(value) || value.shape.length > 0) return value;
  return value.items?.[0] ?? value.data?.[0] ?? null;
}

function hasKind(value: PyValue | undefined, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
