/**
 * What Python data files (NPZ, pickle, joblib, PyTorch) hold, as plain data. Only what describes data is ever built:
 * nothing in a file names code that runs.
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

/** Keys are strings, or numbers where Python had integers (track ids). */
export type PyDict = ReadonlyMap<PyKey, PyValue>;
export type PyKey = string | number;

/** A numpy array or a torch tensor. */
export interface PyArray {
  readonly kind: 'array';
  readonly shape: readonly number[];
  /** numpy's name without byte order: `f4`, `i8`, `b1`, `U`, `S`, `O`. */
  readonly dtype: string;
  /** C order whatever the file had; null for arrays of strings and objects. Complex numbers are refused. */
  readonly data: Float64Array | null;
  /** C order, for `U`, `S` and `O`; null for numbers. */
  readonly items: readonly PyValue[] | null;
}

/** An instance of a class on the allow-list that is not an array (`chumpy.Ch`, a scipy matrix): its state, inert. */
export interface PyObject {
  readonly kind: 'object';
  /** `module.Class`. */
  readonly className: string;
  /** What it was made with. */
  readonly args: readonly PyValue[];
  readonly state: PyValue;
}

export function isPyArray(value: PyValue | undefined): value is PyArray {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'array';
}

export function isPyDict(value: PyValue | undefined): value is PyDict {
  return value instanceof Map;
}
