import { FormatError, type FormatWarning } from '../../errors.ts';
import { isPyArray, type PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplModel } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';
import { weighPose } from './pose-evidence.ts';
import { dictOf, shapeText, type Tensor, tensorOf, unwrap } from './py-tensor.ts';
import { pairError } from './rotation-decode.ts';
import {
  joinRotationRows,
  type RotationRows,
  readRotationRows,
  restRows,
  rotationLayout,
} from './rotation-rows.ts';

/** Joints an array without keys may have, and what they are. */
const COUNTS: readonly (readonly [joints: number, model: SmplModel])[] = [
  [24, 'smpl'],
  [23, 'smpl'],
  [22, 'smplh'],
  [21, 'smplh'],
  [52, 'smplh'],
  [25, 'smplx'],
  [55, 'smplx'],
];
/** Widths of feature vectors that hold no rotations a body can be posed by. */
const FEATURES: Readonly<Record<number, string>> = { 263: 'HumanML3D', 251: 'KIT-ML' };

/** An array alone (an NPY file, or an NPZ with one array without a name): rotations of SMPL, if they look so. */
export function readBareArray(value: PyValue, source: string): ParsedFile | null {
  const tensor = bareTensor(value);
  if (tensor === null || tensor.shape.length < 2 || tensor.shape.length > 4 || tensor.data.length === 0) {
    return null;
  }
  const { shape } = tensor;
  const features = shape.length === 2 ? FEATURES[shape[1]] : undefined;
  if (features) {
    throw new FormatError(
      source,
      'shape',
      `${shapeText(shape)} is the feature vector of ${features}, not a pose`,
      'turn it into joints with recover_from_ric of that project and open the positions (N, 22, 3)',
    );
  }
  const layout = rotationLayout(
    shape,
    COUNTS.map(([joints]) => joints),
  );
  if (layout === null) return null;
  const evidence = weigh(tensor, layout.form, layout.jointCount);
  if (evidence === null) return null;

  const warnings: FormatWarning[] = [];
  const { jointCount } = layout;
  const rows = readRotationRows(tensor, [jointCount], source, 'data', warnings);
  const model = COUNTS.find(([joints]) => joints === jointCount)![1];
  const person = {
    id: '1',
    model,
    rows: completeRows(rows, source, warnings),
    translations: null,
    frameIds: null,
    betas: null,
    gender: null,
    fps: null,
    up: jointCount === 21 || jointCount === 23 ? ('+y' as const) : null,
    space: null,
  };
  const track = buildSmplTrack(person, source, warnings);
  return {
    producer: `${model === 'smpl' ? 'SMPL' : model === 'smplh' ? 'SMPL-H' : 'SMPL-X'} rotations`,
    reason: `shape ${shapeText(shape)}: ${evidence}`,
    tracks: [track],
    warnings,
  };
}

function bareTensor(value: PyValue): Tensor | null {
  const inner = unwrap(value);
  if (isPyArray(inner)) return inner.data === null && inner.items === null ? null : tensorOf(inner);
  const dict = dictOf(inner);
  return dict?.size === 1 && dict.has('arr_0') ? tensorOf(dict.get('arr_0')) : null;
}

/** What speaks for rotations; null where it speaks against them. */
function weigh({ data, shape }: Tensor, form: string, jointCount: number): string | null {
  if (form === 'axis-angle') {
    const evidence = weighPose(data, shape[0], jointCount);
    return evidence.kind === 'rotations' ? `axis-angle, as ${evidence.reason}` : null;
  }
  let error = 0;
  const size = form === 'matrix' ? 9 : 6;
  for (let at = 0; at < data.length; at += size) {
    // Rows of a matrix are unit and at right angles as its columns are.
    error +=
      form === 'matrix' ? pairError(data, at, 1) : Math.min(pairError(data, at, 1), pairError(data, at, 2));
  }
  // Random numbers of unit size have a mean error above 2; what a network gives is below 1.
  if (!(error / (data.length / size) < 1)) return null;
  return form === 'matrix'
    ? 'rotation matrices, as their rows are unit and at right angles'
    : '6D rotations, as they hold two unit vectors at right angles';
}

/** The root that a body of 21 or 23 joints lacks, the hands that SMPL-X with a face of 25 joints lacks. */
function completeRows(rows: RotationRows, source: string, warnings: FormatWarning[]): RotationRows {
  const { rowCount, jointCount } = rows;
  if (jointCount === 25) {
    return joinRotationRows(
      [
        { key: 'body', rows },
        { key: 'hands', rows: restRows(rowCount, 30) },
      ],
      source,
    );
  }
  if (jointCount !== 21 && jointCount !== 23) return rows;
  warnings.push({
    place: 'data',
    message: `${jointCount} joints are a body without its root, which is taken to stand`,
  });
  return joinRotationRows(
    [
      { key: 'root', rows: restRows(rowCount, 1) },
      { key: 'body', rows },
    ],
    source,
  );
}
