import { type ArrayLayout, arrayContent, countItems, packedStrides } from './array-content.ts';
import type { ArraySlot } from './lazy-array.ts';
import { newArraySlot } from './lazy-array.ts';
import { objectContent, requireDtype, requireShape } from './numpy-rules.ts';
import type { GlobalRule, GlobalRules, PickleContext } from './pickle-context.ts';
import { isPyArray, isPyDict, type PyDict } from './py-value.ts';

/**
 * `NumpyArrayWrapper`, then BUILD with the array's shape, dtype and order; its bytes follow in the stream. Newer
 * joblib aligns them: a byte says how many to skip.
 */
const arrayWrapper: GlobalRule = {
  call: (_, context) => {
    if (!context.session.hasInlineArrays) {
      throw context.fail(
        'it has an array of joblib outside of a joblib file',
        'open the file that joblib wrote',
      );
    }
    const slot = newArraySlot();
    context.onBuild(slot.array, (state) => {
      if (!isPyDict(state)) throw context.fail('an array without a shape');
      readInline(slot, state, context);
    });
    return slot.array;
  },
};

function readInline(slot: ArraySlot, state: PyDict, context: PickleContext): void {
  const { cursor, fail } = context;
  const shape = requireShape(state.get('shape'), fail);
  const dtype = requireDtype(state.get('dtype'), fail);
  if (dtype.name === 'O') {
    const nested = context.readNested();
    const items = isPyArray(nested) ? nested.items : null;
    slot.fill(objectContent(shape, items ?? undefined, fail));
    return;
  }
  if (typeof state.get('numpy_array_alignment_bytes') === 'number') cursor.skip(cursor.uint8());
  const start = cursor.at;
  if (dtype.refusal !== null && dtype.itemBytes === 0) throw fail(...dtype.refusal);
  const byteCount = countItems(shape) * dtype.itemBytes;
  const content = cursor.take(byteCount);
  const failThere = (problem: string, advice: string) => cursor.failAt(start, problem, advice);
  const layout: ArrayLayout = {
    shape,
    dtype,
    strides: packedStrides(shape, state.get('order') === 'F'),
    offset: 0,
  };
  slot.fill(arrayContent(layout, byteCount, () => content, failThere));
}

/** joblib before 0.10 kept each array in a file of its own. */
const sideFile: GlobalRule = {
  call: (_, { fail }) => {
    throw fail(
      'its arrays are in side files, as joblib before 0.10 wrote them',
      'load it and save it with a newer joblib',
    );
  },
};

export const JOBLIB_RULES: GlobalRules = {
  'joblib.numpy_pickle.NumpyArrayWrapper': arrayWrapper,
  'sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper': arrayWrapper,
  'joblib.numpy_pickle_compat.NDArrayWrapper': sideFile,
  'joblib.numpy_pickle_compat.ZNDArrayWrapper': sideFile,
  'joblib.numpy_pickle.NDArrayWrapper': sideFile,
  'joblib.numpy_pickle.ZNDArrayWrapper': sideFile,
};
