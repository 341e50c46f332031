import { latin1Bytes } from '../text-bytes.ts';
import {
  type ArrayLayout,
  arrayContent,
  checkShape,
  countItems,
  MAX_AXES,
  packedStrides,
} from './array-content.ts';
import { type LazyContent, newArraySlot } from './lazy-array.ts';
import {
  DAMAGED,
  type GlobalRule,
  type GlobalRules,
  type PickleContext,
  type PickleFail,
  SAVE_PLAIN,
} from './pickle-context.ts';
import { type PyDtype, parsePyDtype, recordsDtype } from './py-dtype.ts';
import type { PyObject, PyValue } from './py-value.ts';

/** The dtype an object of the pickle stands for. */
const dtypeOf = new WeakMap<object, PyDtype>();

/** The dtype of a pickled `numpy.dtype`, or of its name. */
export function requireDtype(value: PyValue | undefined, fail: PickleFail): PyDtype {
  const dtype = typeof value === 'string' ? parsePyDtype(value) : dtypeOf.get(Object(value));
  if (dtype === undefined) throw fail('an array without a dtype');
  return dtype;
}

export function requireShape(value: PyValue | undefined, fail: PickleFail): readonly number[] {
  const shape = typeof value === 'number' ? [value] : value;
  if (
    !Array.isArray(shape) ||
    shape.length > MAX_AXES ||
    !shape.every((length) => typeof length === 'number')
  ) {
    throw fail('an array without a shape');
  }
  checkShape(shape, fail);
  return shape;
}

/** `numpy.dtype('f4', False, True)`, then BUILD with `(3, '<', ...)`, which has the byte order and the fields. */
const dtype: GlobalRule = {
  call: ([name], context) => {
    const object: PyObject = { kind: 'object', className: 'numpy.dtype', args: [name ?? null], state: null };
    // A dtype made of a class: `numpy.dtype(numpy.float32)` is never pickled so.
    if (typeof name !== 'string') throw context.fail('a dtype without a name', SAVE_PLAIN);
    dtypeOf.set(object, parsePyDtype(name));
    context.onBuild(object, (state) => {
      const [, order, , names] = Array.isArray(state) ? state : [];
      const hasFields = names !== undefined && names !== null;
      dtypeOf.set(
        object,
        hasFields
          ? recordsDtype(parsePyDtype(name).itemBytes)
          : parsePyDtype(`${order === '>' ? '>' : '<'}${name}`),
      );
    });
    return object;
  },
};

/** `_reconstruct(ndarray, (0,), b'b')`, then BUILD with `(version, shape, dtype, is_fortran, content)`. */
const reconstruct: GlobalRule = {
  call: (_, context) => {
    const slot = newArraySlot();
    context.onBuild(slot.array, (state) => {
      // Before NumPy 1.0 there was no version in front.
      const parts = Array.isArray(state) ? state.slice(-4) : [];
      const [shape, itemType, isFortran, content] = parts;
      slot.fill(contentOf(shape, itemType, isFortran === true || isFortran === 1, content, context));
    });
    return slot.array;
  },
};

/** `_frombuffer(bytes, dtype, shape, order)` of protocol 5. */
const fromBuffer: GlobalRule = {
  call: ([content, itemType, shape, order], context) =>
    newArraySlot(contentOf(shape, itemType, order === 'F', content, context)).array,
};

/** `scalar(dtype, bytes)`: one number or text. */
const scalar: GlobalRule = {
  call: ([itemType, content], context) => {
    const { name, refusal } = requireDtype(itemType, context.fail);
    if (name === 'O') return content ?? null;
    // A date or a complex number among the rest of the file is no reason to refuse it.
    if (refusal !== null)
      return { kind: 'object', className: `numpy.${name}`, args: [content ?? null], state: null };
    if (content instanceof Uint8Array || typeof content === 'string') context.spend(content.length);
    const { readData, readItems } = contentOf([], itemType, false, content, context);
    const value = (readItems?.() ?? readData?.())?.[0] ?? null;
    return name === 'b1' ? value === 1 : value;
  },
};

function contentOf(
  shapeValue: PyValue | undefined,
  dtypeValue: PyValue | undefined,
  isFortran: boolean,
  content: PyValue | undefined,
  { fail }: PickleContext,
): LazyContent {
  const shape = requireShape(shapeValue, fail);
  const dtype = requireDtype(dtypeValue, fail);
  if (dtype.name === 'O') return objectContent(shape, content, fail);
  const layout: ArrayLayout = { shape, dtype, strides: packedStrides(shape, isFortran), offset: 0 };
  if (content instanceof Uint8Array) return arrayContent(layout, content.length, () => content, fail);
  // Python 2 kept bytes as text.
  if (typeof content === 'string')
    return arrayContent(layout, content.length, () => latin1Bytes(content), fail);
  if (Array.isArray(content) && dtype.refusal !== null)
    return arrayContent(layout, 0, () => new Uint8Array(0), fail);
  throw fail('an array without content', DAMAGED);
}

/** Objects are pickled one by one, in C order whatever the array's own. */
export function objectContent(
  shape: readonly number[],
  items: PyValue | undefined,
  fail: PickleFail,
): LazyContent {
  if (!Array.isArray(items) || items.length !== countItems(shape)) {
    throw fail(`an array of objects (${shape.join(', ')}) has other than ${countItems(shape)} items`);
  }
  return { shape, dtype: 'O', readData: null, readItems: () => items };
}

/** Classes that arrays name as their own, and types that configurations mention. */
const MENTIONED = [
  'ndarray',
  'memmap',
  'matrix',
  'matrixlib.defmatrix.matrix',
  'recarray',
  'bool_',
  'bool',
  'str_',
  'bytes_',
  'float16',
  'float32',
  'float64',
  ...['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'],
];

export const NUMPY_RULES: GlobalRules = {
  'numpy.dtype': dtype,
  ...Object.fromEntries(
    // NumPy 2 renamed `core`.
    ['numpy.core', 'numpy._core'].flatMap((core) => [
      [`${core}.multiarray._reconstruct`, reconstruct],
      [`${core}.multiarray.scalar`, scalar],
      [`${core}.numeric._frombuffer`, fromBuffer],
      [`${core}.memmap.memmap`, {}],
    ]),
  ),
  ...Object.fromEntries(MENTIONED.map((name) => [`numpy.${name}`, {}])),
};
