import { type ArrayLayout, arrayContent } from './array-content.ts';
import { newArraySlot } from './lazy-array.ts';
import { requireShape } from './numpy-rules.ts';
import { type GlobalRule, type GlobalRules, type PickleContext, SAVE_PLAIN } from './pickle-context.ts';
import { BFLOAT16, type PyDtype, parsePyDtype } from './py-dtype.ts';
import { isPyArray, isPyObject, type PyValue } from './py-value.ts';
import { findStorage, STORAGE_NAMES } from './torch-storage.ts';

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)`. */
const tensor: GlobalRule = { call: (args, context) => makeTensor(args, null, context) };

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype)`: the storage has no type. */
const typedTensor: GlobalRule = {
  call: (args, context) => {
    const dtype = isPyObject(args[6]) ? TORCH_DTYPES[args[6].className] : undefined;
    if (dtype === undefined) throw context.fail('a tensor of an unknown type', SAVE_TENSORS);
    return makeTensor(args, dtype, context);
  },
};

const SAVE_TENSORS =
  'save its tensors as float32: torch.save({k: v.float().cpu() for k, v in d.items()}, path)';

function makeTensor(
  [storageValue, offset, size, stride]: readonly PyValue[],
  dtype: PyDtype | null,
  { fail, cursor }: PickleContext,
): PyValue {
  const storage = findStorage(storageValue);
  if (storage === undefined) throw fail('a tensor without a storage');
  const shape = requireShape(size, fail);
  const strides = requireShape(stride, fail);
  if (typeof offset !== 'number' || !(offset >= 0) || strides.length !== shape.length) {
    throw fail('a tensor whose offset and strides do not fit its shape');
  }
  const layout: ArrayLayout = { shape, strides, offset, dtype: dtype ?? storage.dtype };
  const at = cursor.at;
  const failThere = (problem: string, advice: string) => cursor.failAt(at, problem, advice);
  return newArraySlot(arrayContent(layout, storage.byteCount, storage.fetch, failThere)).array;
}

/** `_rebuild_parameter(tensor, requires_grad, hooks)`: the tensor. */
const parameter: GlobalRule = {
  call: ([value], { fail }) => {
    if (!isPyArray(value)) throw fail('a parameter without a tensor');
    return value;
  },
};

/** A storage outside of a PyTorch file (`np.save` of tensors) is kept as a PyTorch file of its own. */
const storageFromBytes: GlobalRule = {
  call: ([bytes], context) => {
    const { session, fail, cursor } = context;
    if (!(bytes instanceof Uint8Array)) throw fail('a storage without bytes');
    if (session.readTorchBytes === null) throw fail('a storage within a storage', SAVE_PLAIN);
    context.spend(bytes.length);
    return session.readTorchBytes(bytes, cursor);
  },
};

const size: GlobalRule = {
  call: ([lengths], { fail }) => {
    if (!Array.isArray(lengths)) throw fail('a torch.Size without lengths');
    return lengths;
  },
};

const TORCH_DTYPES: Readonly<Record<string, PyDtype>> = {
  'torch.float16': parsePyDtype('<f2'),
  'torch.bfloat16': BFLOAT16,
  'torch.float32': parsePyDtype('<f4'),
  'torch.float64': parsePyDtype('<f8'),
  'torch.int8': parsePyDtype('<i1'),
  'torch.int16': parsePyDtype('<i2'),
  'torch.int32': parsePyDtype('<i4'),
  'torch.int64': parsePyDtype('<i8'),
  'torch.uint8': parsePyDtype('<u1'),
  'torch.uint16': parsePyDtype('<u2'),
  'torch.uint32': parsePyDtype('<u4'),
  'torch.uint64': parsePyDtype('<u8'),
  'torch.bool': parsePyDtype('|b1'),
};

export const TORCH_RULES: GlobalRules = {
  'torch._utils._rebuild_tensor': tensor,
  'torch._utils._rebuild_tensor_v2': tensor,
  'torch._utils._rebuild_tensor_v3': typedTensor,
  'torch._utils._rebuild_parameter': parameter,
  'torch.storage._load_from_bytes': storageFromBytes,
  'torch.Size': size,
  ...Object.fromEntries([...Object.keys(TORCH_DTYPES), ...STORAGE_NAMES].map((name) => [name, {}])),
};
