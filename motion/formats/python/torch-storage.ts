import { BFLOAT16, type PyDtype, parsePyDtype } from './py-dtype.ts';
import type { PyObject } from './py-value.ts';

/** The numbers that one or more tensors are views of. */
export interface TorchStorage {
  readonly dtype: PyDtype;
  readonly byteCount: number;
  fetch(): Uint8Array;
}

/** The item types by the class of a storage, without `torch.`. */
const STORAGE_TYPES: Readonly<Record<string, PyDtype>> = {
  FloatStorage: parsePyDtype('<f4'),
  DoubleStorage: parsePyDtype('<f8'),
  HalfStorage: parsePyDtype('<f2'),
  BFloat16Storage: BFLOAT16,
  LongStorage: parsePyDtype('<i8'),
  IntStorage: parsePyDtype('<i4'),
  ShortStorage: parsePyDtype('<i2'),
  CharStorage: parsePyDtype('<i1'),
  ByteStorage: parsePyDtype('<u1'),
  BoolStorage: parsePyDtype('|b1'),
  ComplexFloatStorage: parsePyDtype('<c8'),
  ComplexDoubleStorage: parsePyDtype('<c16'),
  UntypedStorage: parsePyDtype('<u1'),
};

/** Names under which a pickle may mention storages. */
export const STORAGE_NAMES: readonly string[] = Object.keys(STORAGE_TYPES).flatMap((name) => [
  `torch.${name}`,
  `torch.cuda.${name}`,
  `torch.storage.${name}`,
]);

const storageOf = new WeakMap<object, TorchStorage>();

/** The item type of `torch.FloatStorage` and its like. */
export function storageDtype(className: string): PyDtype | undefined {
  return STORAGE_NAMES.includes(className)
    ? STORAGE_TYPES[className.slice(className.lastIndexOf('.') + 1)]
    : undefined;
}

/** An inert object that stands for a storage in the pickle's tree. */
export function storageObject(className: string, storage: TorchStorage): PyObject {
  const object: PyObject = { kind: 'object', className, args: [], state: null };
  storageOf.set(object, storage);
  return object;
}

export function findStorage(value: unknown): TorchStorage | undefined {
  return storageOf.get(Object(value));
}
