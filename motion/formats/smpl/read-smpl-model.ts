import { FormatError } from '../../errors.ts';
import type { SmplBody } from '../../skeleton/smpl/smpl-body.ts';
import { smplJointCount, smplParents } from '../../skeleton/smpl/smpl-joints.ts';
import { type SmplModelData, smplBody, TIP_NAMES, type TipName } from '../../skeleton/smpl/smpl-model.ts';
import { isPyDict, isPyObject, type PyDict, type PyValue } from '../python/py-value.ts';
import type { SmplModel, SmplTrack } from '../tracks.ts';
import { dictOf, keyText, shapeText, type Tensor, tensorOf } from './py-tensor.ts';

/** More joints are no body model of this family, more coefficients none of SMPL-X either. */
const MODELS = ['smpl', 'smplh', 'smplx'] as const;
/** SMPL-X has 300 coefficients of shape, then 100 of expression. */
const SHAPE_COEFFICIENTS = 300;
/** Numbers of a dense regressor; SMPL-X has 55 · 10475. */
const LARGEST_MATRIX = 1e7;

/**
 * A body model file that the user has: NPZ, or the pickle of SMPL with chumpy arrays and a scipy matrix. Of it the mean
 * shape's joints and how shape moves them are kept, J = J_regressor · (v_template + shapedirs · betas).
 * Throws FormatError for a key that is missing or does not fit, or a model of other joints (hands, STAR, FLAME).
 */
export function readSmplModel(value: PyValue, source: string): SmplModelData {
  const dict = dictOf(value);
  if (dict === null)
    throw new FormatError(source, 'keys', 'is no body model file', 'expected SMPL, SMPL-H or SMPL-X');
  const template = matrixAt(dict, 'v_template', source);
  const directions = matrixAt(dict, 'shapedirs', source);
  const regressor = matrixAt(dict, 'J_regressor', source);
  const vertexCount = template.shape[0];
  const [jointCount] = regressor.shape;
  const model = MODELS.find((name) => smplJointCount(name) === jointCount);
  if (model === undefined) {
    throw new FormatError(
      source,
      'J_regressor',
      `the model has ${jointCount} joints`,
      'expected SMPL (24), SMPL-H (52) or SMPL-X (55)',
    );
  }
  const expect = (key: string, { shape }: Tensor, expected: readonly number[]) => {
    if (expected.some((size, axis) => size !== shape[axis]) || shape.length < expected.length) {
      throw new FormatError(
        source,
        key,
        `has the shape ${shapeText(shape)}`,
        `expected ${shapeText(expected)}`,
      );
    }
  };
  expect('v_template', template, [vertexCount, 3]);
  expect('J_regressor', regressor, [jointCount, vertexCount]);
  expect('shapedirs', directions, [vertexCount, 3]);
  checkParents(dict, model, source);

  const allBetas = directions.shape[2] ?? 1;
  const betaCount = model === 'smplx' ? Math.min(allBetas, SHAPE_COEFFICIENTS) : allBetas;
  const shape = { data: directions.data, stride: allBetas, betaCount };
  const joints = new Float64Array(jointCount * 3);
  const jointDirections = new Float64Array(jointCount * 3 * betaCount);
  for (let joint = 0; joint < jointCount; joint++) {
    for (let vertex = 0; vertex < vertexCount; vertex++) {
      const weight = regressor.data[joint * vertexCount + vertex];
      // A joint is a mean of a few vertices of thousands.
      if (weight === 0) continue;
      for (let axis = 0; axis < 3; axis++) {
        joints[joint * 3 + axis] += weight * template.data[vertex * 3 + axis];
        addDirections(jointDirections, joint * 3 + axis, shape, vertex * 3 + axis, weight);
      }
    }
  }
  const tips = findTips(template.data).map(([name, vertex]) => {
    const own = new Float64Array(3 * betaCount);
    for (let axis = 0; axis < 3; axis++) addDirections(own, axis, shape, vertex * 3 + axis, 1);
    const [x, y, z] = template.data.subarray(vertex * 3, vertex * 3 + 3);
    return [name, { point: [x, y, z], directions: own }] as const;
  });
  return { model, joints, jointDirections, betaCount, tips: new Map(tips) };
}

/**
 * The body of one person from the content of the user's model file.
 * Throws FormatError where the motion is of another model of the family: their joints differ.
 */
export function readModelBody(value: PyValue, source: string, track: SmplTrack): SmplBody {
  const data = readSmplModel(value, source);
  if (data.model === track.model) return smplBody(data, track.betas, track.jointCount);
  throw new FormatError(
    source,
    'J_regressor',
    `the body model is ${TITLES[data.model]}, the motion ${TITLES[track.model]}`,
    `give the model file of ${TITLES[track.model]}, or none for average proportions`,
  );
}

const TITLES = { smpl: 'SMPL', smplh: 'SMPL-H', smplx: 'SMPL-X' } as const;

interface ShapeDirections {
  readonly data: Float64Array;
  /** Coefficients in the file, shape and expression. */
  readonly stride: number;
  readonly betaCount: number;
}

function addDirections(
  to: Float64Array,
  row: number,
  shape: ShapeDirections,
  coordinate: number,
  weight: number,
): void {
  const { data, stride, betaCount } = shape;
  for (let beta = 0; beta < betaCount; beta++) {
    to[row * betaCount + beta] += weight * data[coordinate * stride + beta];
  }
}

/** The vertices that reach farthest: up for the head, forward for each foot, outward for each hand. */
function findTips(vertices: Float64Array): [TipName, number][] {
  const reach: Readonly<Record<TipName, (x: number, y: number, z: number) => number>> = {
    head: (_x, y) => y,
    leftFoot: (x, y, z) => (x > 0 ? z - y : Number.NEGATIVE_INFINITY),
    rightFoot: (x, y, z) => (x < 0 ? z - y : Number.NEGATIVE_INFINITY),
    leftHand: (x) => x,
    rightHand: (x) => -x,
  };
  return TIP_NAMES.map((name) => {
    let best = 0;
    let farthest = Number.NEGATIVE_INFINITY;
    for (let vertex = 0; vertex < vertices.length / 3; vertex++) {
      const at = reach[name](vertices[vertex * 3], vertices[vertex * 3 + 1], vertices[vertex * 3 + 2]);
      if (at <= farthest) continue;
      farthest = at;
      best = vertex;
    }
    return [name, best];
  });
}

/** `kintree_table` (2, J): parents, then joints; the root's parent is -1, or 2³² - 1 as an unsigned number. */
function checkParents(dict: PyDict, model: SmplModel, source: string): void {
  const table = tensorOf(plain(dict.get('kintree_table')));
  if (table === null) return;
  const parents = smplParents(model);
  for (let joint = 1; joint < parents.length; joint++) {
    if (table.data[joint] === parents[joint]) continue;
    throw new FormatError(
      source,
      'kintree_table',
      `joint ${joint} hangs on joint ${table.data[joint]}, in ${model} on ${parents[joint]}`,
      'expected a model of the SMPL family',
    );
  }
}

function matrixAt(dict: PyDict, key: string, source: string): Tensor {
  const value = dict.get(key);
  if (value === undefined) {
    throw new FormatError(
      source,
      key,
      'the key is missing',
      `a body model file has it; this has ${keyText(dict)}`,
    );
  }
  const tensor = sparseTensor(value) ?? tensorOf(plain(value));
  if (tensor !== null && tensor.data.length > 0) return tensor;
  const what = isPyObject(value) ? `is a ${value.className}, which cannot be read` : 'holds no numbers';
  throw new FormatError(source, key, what, 'save the model as NPZ with plain arrays');
}

/** A chumpy array's numbers, which it keeps under `x`, or those it selects of another one; anything else as it is. */
function plain(value: PyValue | undefined): PyValue | undefined {
  if (!isPyObject(value)) return value;
  if (!isPyDict(value.state)) return value.args[0] ?? undefined;
  if (value.className.endsWith('.Select')) return selected(value.state);
  return plain(value.state.get('x'));
}

/** chumpy's `Select`: the numbers `idxs` of `a`, in `preferred_shape`. */
function selected(state: PyDict): PyValue | undefined {
  const all = tensorOf(plain(state.get('a')))?.data;
  const chosen = tensorOf(state.get('idxs'))?.data;
  const shape = tensorOf(state.get('preferred_shape'))?.data;
  if (!all || !chosen) return undefined;
  const data = chosen.map((index) => all[index] ?? Number.NaN);
  return { kind: 'array', shape: shape ? [...shape] : [data.length], dtype: 'f8', data, items: null };
}

/** A scipy matrix in rows (csr), columns (csc) or entries (coo), made dense; null for anything else. */
function sparseTensor(value: PyValue): Tensor | null {
  if (!isPyObject(value)) return null;
  const form = /(csc|csr|coo)_(matrix|array)$/.exec(value.className)?.[1];
  const { state } = value;
  if (form === undefined || !isPyDict(state)) return null;
  const shape = tensorOf(state.get('_shape') ?? state.get('shape'))?.data;
  const data = tensorOf(state.get('data'))?.data;
  if (shape?.length !== 2 || !data) return null;
  const [rows, columns] = shape;
  if (!(rows * columns <= LARGEST_MATRIX)) return null;
  const out = new Float64Array(rows * columns);
  if (form === 'coo') {
    const row = tensorOf(state.get('row'))?.data;
    const column = tensorOf(state.get('col'))?.data;
    if (row?.length !== data.length || column?.length !== data.length) return null;
    for (let entry = 0; entry < data.length; entry++)
      out[row[entry] * columns + column[entry]] += data[entry];
    return { shape: [rows, columns], data: out };
  }
  const indices = tensorOf(state.get('indices'))?.data;
  const starts = tensorOf(state.get('indptr'))?.data;
  if (indices?.length !== data.length || starts?.length !== (form === 'csr' ? rows : columns) + 1)
    return null;
  for (let line = 0; line + 1 < starts.length; line++) {
    for (let entry = starts[line]; entry < starts[line + 1]; entry++) {
      const at = form === 'csr' ? line * columns + indices[entry] : indices[entry] * columns + line;
      out[at] += data[entry];
    }
  }
  return { shape: [rows, columns], data: out };
}
