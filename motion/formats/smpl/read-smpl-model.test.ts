import { expect, test } from 'vitest';
import { smplParents } from '../../skeleton/smpl/smpl-joints.ts';
import { smplBody } from '../../skeleton/smpl/smpl-model.ts';
import { smplToClip } from '../../skeleton/smpl/smpl-to-clip.ts';
import type { PyValue } from '../python/py-value.ts';
import type { SmplTrack } from '../tracks.ts';
import { readModelBody, readSmplModel } from './read-smpl-model.ts';

const numbers = (shape: readonly number[], data: ArrayLike<number>): PyValue => ({
  kind: 'array',
  shape,
  dtype: 'f8',
  data: Float64Array.from(data),
  items: null,
});

/** Two vertices for each joint, half a metre above and below it; shape coefficient 1 moves both by (0, 1, 0). */
function modelFile(jointCount: number, change: Record<string, PyValue> = {}): Map<string, PyValue> {
  const vertices = Array.from({ length: jointCount * 2 }, (_, vertex) => {
    const joint = vertex % jointCount;
    return [joint * 0.1, joint * 0.01 + (vertex < jointCount ? 0.5 : -0.5), 0];
  });
  const directions = vertices.flatMap((_, vertex) => [0, 0, 0, (vertex % jointCount) * 0.001, 0, 0]);
  const regressor = new Float64Array(jointCount * jointCount * 2);
  for (let joint = 0; joint < jointCount; joint++) {
    regressor[joint * jointCount * 2 + joint] = 0.5;
    regressor[joint * jointCount * 2 + jointCount + joint] = 0.5;
  }
  return new Map<string, PyValue>(
    Object.entries({
      v_template: numbers([jointCount * 2, 3], vertices.flat()),
      shapedirs: numbers([jointCount * 2, 3, 2], directions),
      J_regressor: numbers([jointCount, jointCount * 2], regressor),
      ...change,
    }),
  );
}

test('joints are the regressor of the shaped vertices', () => {
  const data = readSmplModel(modelFile(24), 'm.npz');
  expect(data).toMatchObject({ model: 'smpl', betaCount: 2 });
  expect(data.joints[7 * 3]).toBeCloseTo(0.7, 12);
  expect(data.joints[7 * 3 + 1]).toBeCloseTo(0.07, 12);
  // Row-major [vertex][axis][beta]: the second coefficient moves y by 0.001 a joint.
  const body = smplBody(data, [9, 3]);
  const { restOffsets, names } = body.skeleton;
  const knee = names.indexOf('leftKnee');
  // Joint 4 hangs on joint 1: three joints of 0.1 and 0.01 on, and 3 · 3 · 0.001 by the shape.
  expect(restOffsets[knee * 3]).toBeCloseTo(0.3, 12);
  expect(restOffsets[knee * 3 + 1]).toBeCloseTo(0.03 + 0.009, 12);
  expect(names.slice(24)).toEqual([
    'head.end',
    'leftFoot.end',
    'rightFoot.end',
    'leftHand.end',
    'rightHand.end',
  ]);
});

test('a body of SMPL-H with fingers, and without hands', () => {
  const data = readSmplModel(modelFile(52), 'm.npz');
  const whole = smplBody(data, null);
  expect(whole.skeleton.names.length).toBe(52 + 3 + 10);
  const body = smplBody(data, null, 22);
  expect(body.skeleton.names.slice(22)).toEqual([
    'head.end',
    'leftFoot.end',
    'rightFoot.end',
    'leftWrist.end',
    'rightWrist.end',
  ]);
  expect(() => smplBody(data, null, 24)).toThrow(/52 or 22 joints/);
});

test('the pelvis of a posed body is the translation plus J0', () => {
  const data = readSmplModel(
    modelFile(24, { kintree_table: numbers([2, 24], [...smplParents('smpl'), ...Array(24).keys()]) }),
    'm.npz',
  );
  const moved = { ...data, joints: data.joints.map((value, at) => value + [0.5, -0.25, 0.125][at % 3]) };
  const rotations = new Float64Array(96);
  for (let w = 3; w < 96; w += 4) rotations[w] = 1;
  const track = {
    kind: 'smpl',
    id: '1',
    frameCount: 1,
    fps: 30,
    seen: null,
    model: 'smpl',
    jointCount: 24,
    rotations,
    translations: Float64Array.of(1, 2, 3),
    betas: null,
    gender: null,
    up: '+y',
    space: 'world',
  } as const;
  const { clip } = smplToClip(track, smplBody(moved));
  expect([...clip.localTranslations.subarray(0, 3)]).toEqual([1.5, 1.75, 3.125]);
});

test('a file that is no model names the key', () => {
  const read = (change: Record<string, PyValue>) => () => readSmplModel(modelFile(24, change), 'm.pkl');
  expect(() => readSmplModel(new Map(), 'm.pkl')).toThrow(/v_template: the key is missing/);
  expect(() => readSmplModel(3, 'm.pkl')).toThrow(/no body model file/);
  expect(read({ J_regressor: numbers([16, 48], new Float64Array(16 * 48)) })).toThrow(
    /the model has 16 joints/,
  );
  expect(read({ J_regressor: numbers([24, 47], new Float64Array(24 * 47)) })).toThrow(/expected \(24, 48\)/);
  expect(read({ shapedirs: numbers([48, 2, 2], new Float64Array(192)) })).toThrow(/shapedirs: has the shape/);
  expect(read({ kintree_table: numbers([2, 24], new Float64Array(48)) })).toThrow(/joint 4 hangs on joint 0/);
  const select = {
    kind: 'object',
    className: 'chumpy.reordering.Select',
    args: [],
    state: new Map(),
  } as const;
  expect(() => readModelBody(modelFile(24), 'm.pkl', { model: 'smplh' } as SmplTrack)).toThrow(
    /the body model is SMPL, the motion SMPL-H/,
  );
  expect(read({ v_template: select })).toThrow(/is a chumpy.reordering.Select, which cannot be read/);
});

test('a scipy matrix in rows, columns or entries is the dense one', () => {
  const dense = readSmplModel(modelFile(24), 'm.npz');
  const columns = Array.from({ length: 48 }, (_, vertex) => vertex);
  const half = new Float64Array(48).fill(0.5);
  const state = (entries: Record<string, PyValue>) =>
    new Map<string, PyValue>(Object.entries({ _shape: [24, 48], data: numbers([48], half), ...entries }));
  const sparse = (className: string, entries: Record<string, PyValue>): PyValue => ({
    kind: 'object',
    className,
    args: [],
    state: state(entries),
  });
  const jointOf = columns.map((vertex) => vertex % 24);
  const pairs = Array.from({ length: 24 }, (_, joint) => [joint, joint + 24]).flat();
  for (const regressor of [
    sparse('scipy.sparse.csc.csc_matrix', {
      indices: numbers([48], jointOf),
      indptr: numbers([49], [...columns, 48]),
    }),
    sparse('scipy.sparse._csr.csr_matrix', {
      indices: numbers([48], pairs),
      indptr: numbers(
        [25],
        Array.from({ length: 25 }, (_, joint) => joint * 2),
      ),
    }),
    sparse('scipy.sparse.coo.coo_matrix', { row: numbers([48], jointOf), col: numbers([48], columns) }),
  ]) {
    expect(readSmplModel(modelFile(24, { J_regressor: regressor }), 'm.pkl')).toEqual(dense);
  }
});

test('a selection of a chumpy array is the numbers it selects', () => {
  const file = modelFile(24);
  const template = file.get('v_template') as { data: Float64Array };
  // All numbers in reverse, selected in reverse.
  const reversed = numbers([144], template.data.toReversed());
  const select: PyValue = {
    kind: 'object',
    className: 'chumpy.reordering.Select',
    args: [],
    state: new Map<string, PyValue>([
      ['a', { kind: 'object', className: 'chumpy.ch.Ch', args: [], state: new Map([['x', reversed]]) }],
      [
        'idxs',
        numbers(
          [144],
          Array.from({ length: 144 }, (_, index) => 143 - index),
        ),
      ],
      ['preferred_shape', [48, 3]],
    ]),
  };
  expect(readSmplModel(modelFile(24, { v_template: select }), 'm.pkl')).toEqual(readSmplModel(file, 'm.pkl'));
});
