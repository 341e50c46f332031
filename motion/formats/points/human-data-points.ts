import { FormatError, type FormatWarning } from '../../errors.ts';
import { LAYOUTS, type LayoutName } from '../../skeleton/layouts.ts';
import type { PyDict } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import type { NumberArray } from './array-tracks.ts';
import { refuseInfinite, seenFrames } from './named-points.ts';
import { numbersOf, scalarOf } from './py-numbers.ts';

/** Keypoints of MMHuman3D's `HUMAN_DATA` convention. */
const KEYPOINTS = 190;

/** Where each joint is among the 190, best first: SMPL's own, then what other data sets have in its place. */
const COMMON: Readonly<Record<string, readonly number[]>> = {
  ...bothSides([
    ['Hip', [1, 165, 145], [2, 162, 144]],
    ['Knee', [4, 166], [5, 163]],
    ['Ankle', [7, 167], [8, 164]],
    ['Foot', [10], [11]],
    ['Collar', [13], [14]],
    ['Shoulder', [16, 158], [17, 155]],
    ['Elbow', [18, 159], [19, 156]],
    ['Wrist', [20, 160], [21, 157]],
    ['Hand', [188], [189]],
    ['Eye', [57, 169], [56, 168]],
    ['Ear', [59, 171], [58, 170]],
    ['BigToe', [60, 172], [63, 175]],
    ['SmallToe', [61, 173], [64, 176]],
    ['Heel', [62, 174], [65, 177]],
  ]),
  pelvis: [0, 148, 161],
  midHip: [161, 0, 148],
  spine1: [3],
  spine2: [6],
  spine3: [9],
  nose: [55, 153],
  headTop: [147, 186],
};

/** `neck`, `head` and the trunk are other points in each layout. */
const OWN: Readonly<Partial<Record<LayoutName, Readonly<Record<string, readonly number[]>>>>> = {
  smpl24: { neck: [12], head: [15] },
  smpl22: { neck: [12], head: [15] },
  h36m17: { pelvis: [148, 0], spine: [150], thorax: [146, 149], neck: [151, 185], head: [147, 186] },
  body25: { neck: [154] },
  coco17: {},
  lsp14: { neck: [146] },
};
const LAYOUT_ORDER: readonly LayoutName[] = ['smpl24', 'smpl22', 'h36m17', 'body25', 'coco17', 'lsp14'];

/**
 * HumanData's `keypoints3d` (N, 190, 4), else `keypoints2d` (N, 190, 3), with its mask; compressed ones hold only the
 * points of the mask. Null where there are none.
 */
export function readHumanDataPoints(dict: PyDict, source: string): ParsedFile | null {
  const dimensions = dict.has('keypoints3d') ? 3 : 2;
  const key = dimensions === 3 ? 'keypoints3d' : 'keypoints2d';
  const mask = numbersOf(dict.get(`${key}_mask`));
  const array = numbersOf(dict.get(key));
  if (mask === null || array === null) return null;
  const rows = rowsOfPoints(mask, array, dimensions, source, key);
  const choice = LAYOUT_ORDER.map((layout) => ({ layout, joints: jointsOf(layout, rows) })).find(
    ({ joints }) => joints !== null,
  );
  if (choice === undefined) {
    const problem = `of the ${KEYPOINTS} points the mask leaves those of no body`;
    throw new FormatError(source, `${key}_mask`, problem, `whole ${LAYOUT_ORDER.join(', ')} are read`);
  }
  const warnings: FormatWarning[] = [];
  const { layout, joints } = choice;
  const frameCount = array.shape[0];
  const stride = array.shape[1] * (dimensions + 1);
  const positions = new Float64Array(frameCount * joints!.length * dimensions).fill(Number.NaN);
  const confidence = new Float64Array(frameCount * joints!.length);
  for (let frame = 0; frame < frameCount; frame++) {
    for (const [joint, row] of joints!.entries()) {
      const from = frame * stride + row * (dimensions + 1);
      const to = frame * joints!.length + joint;
      const trust = array.data[from + dimensions];
      confidence[to] = trust > 0 ? Math.min(1, trust) : 0;
      if (!(trust > 0)) continue;
      for (let axis = 0; axis < dimensions; axis++)
        positions[to * dimensions + axis] = array.data[from + axis];
    }
  }
  refuseInfinite(positions, joints!.length * dimensions, source);
  const config = scalarOf(dict.get('config'));
  return {
    producer: 'MMHuman3D HumanData',
    reason: `${key} and its mask${typeof config === 'string' ? `, config ${config.slice(0, 40)}` : ''}; ${layout} of its points`,
    tracks: [
      {
        kind: 'points',
        id: '1',
        frameCount,
        fps: null,
        seen: seenFrames(positions, joints!.length * dimensions),
        dimensions,
        layouts: [layout],
        positions,
        confidence,
        unit: null,
        up: null,
        imageSize: null,
      },
    ],
    warnings,
  };
}

/** For each of the 190 points its row in the array, -1 for none. */
function rowsOfPoints(
  mask: NumberArray,
  array: NumberArray,
  dimensions: 2 | 3,
  source: string,
  key: string,
): number[] {
  const { shape } = array;
  const kept = mask.data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const isWhole = shape[1] === KEYPOINTS;
  const isShape = shape.length === 3 && shape[2] === dimensions + 1 && shape[0] > 0;
  if (mask.data.length !== KEYPOINTS || !isShape || !(isWhole || shape[1] === kept)) {
    const problem = `shape (${shape.join(', ')}) and a mask of ${mask.data.length} with ${kept} set`;
    const expected = `expected (frames, ${KEYPOINTS} or ${kept}, ${dimensions + 1}) and a mask of ${KEYPOINTS}`;
    throw new FormatError(source, key, `${problem}; ${expected}`, 'save it with MMHuman3D 0.9 or later');
  }
  let row = 0;
  return Array.from(mask.data, (value, point) => {
    if (!(value > 0)) return -1;
    return isWhole ? point : row++;
  });
}

/** Rows of a layout's joints; null where one is missing. */
function jointsOf(layout: LayoutName, rows: readonly number[]): number[] | null {
  const joints = LAYOUTS[layout].names.map((name) => {
    const points = OWN[layout]![name] ?? COMMON[name] ?? [];
    const point = points.find((candidate) => rows[candidate] >= 0);
    return point === undefined ? -1 : rows[point];
  });
  return joints.includes(-1) ? null : joints;
}

function bothSides(
  parts: readonly (readonly [part: string, left: readonly number[], right: readonly number[]])[],
): Record<string, readonly number[]> {
  return Object.fromEntries(
    parts.flatMap(([part, left, right]) => [
      [`left${part}`, left],
      [`right${part}`, right],
    ]),
  );
}
