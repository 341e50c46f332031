import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyDict } from '../python/py-value.ts';
import type { SmplModel } from '../tracks.ts';
import { optionalTensor, tensorAt } from './py-tensor.ts';
import { joinRotationRows, type RotationRows, readRotationRows, restRows } from './rotation-rows.ts';

export interface PoseRows {
  readonly model: SmplModel;
  readonly rows: RotationRows;
  /** The keys that were read. */
  readonly keys: readonly string[];
}

const ROOT_KEYS = ['global_orient', 'root_orient'] as const;
const BODY_KEYS = ['body_pose', 'pose_body'] as const;

/** Pieces after the body, in SMPL-X's order: keys in use, joints. */
const FACE = [
  [['jaw_pose', 'pose_jaw'], 1],
  [['leye_pose'], 1],
  [['reye_pose'], 1],
] as const;
const HANDS = [
  [['left_hand_pose'], 15],
  [['right_hand_pose'], 15],
] as const;

/** Whether a dict has the pose of a body in pieces. */
export function hasPosePieces(dict: PyDict): boolean {
  return BODY_KEYS.some((key) => dict.has(key)) && ROOT_KEYS.some((key) => dict.has(key));
}

/**
 * A pose in pieces: root, body (23 joints in SMPL, 21 in SMPL-H and SMPL-X), and where all of them are there the hands
 * (15 joints each; `pose_hand` has both) and the face. Hands in coefficients of a basis (12 or 6 numbers) are left
 * out with a warning.
 */
export function readPosePieces(dict: PyDict, source: string, warnings: FormatWarning[]): PoseRows {
  const rootKey = ROOT_KEYS.find((key) => dict.has(key)) ?? ROOT_KEYS[0];
  const bodyKey = BODY_KEYS.find((key) => dict.has(key)) ?? BODY_KEYS[0];
  const read = (key: string, counts: readonly number[]) => ({
    key,
    rows: readRotationRows(
      tensorAt(dict, key, source, `(N, ${counts[0] * 3})`),
      counts,
      source,
      key,
      warnings,
    ),
  });
  const pieces = [read(rootKey, [1]), read(bodyKey, [23, 21])];
  const { rowCount } = pieces[0].rows;
  if (pieces[1].rows.jointCount === 23) return finish('smpl', pieces, source);

  const hands = readHands(dict, source, warnings);
  const hasFace = dict.has('jaw_pose') || dict.has('pose_jaw');
  if (hands === null) return finish(hasFace ? 'smplx' : 'smplh', pieces, source);
  if (hasFace) {
    if (dict.has('pose_eye')) pieces.push(read('pose_jaw', [1]), read('pose_eye', [2]));
    else {
      for (const [keys, joints] of FACE) {
        const key = keys.find((name) => dict.has(name));
        pieces.push(key ? read(key, [joints]) : { key: keys[0], rows: restRows(rowCount, joints) });
      }
    }
  }
  return finish(hasFace ? 'smplx' : 'smplh', [...pieces, ...hands], source);
}

type Piece = { readonly key: string; readonly rows: RotationRows };

function finish(model: SmplModel, pieces: readonly Piece[], source: string): PoseRows {
  return { model, rows: joinRotationRows(pieces, source), keys: pieces.map(({ key }) => key) };
}

/** Both hands, null where there are none or they are no rotations. */
function readHands(dict: PyDict, source: string, warnings: FormatWarning[]): Piece[] | null {
  const whole = optionalTensor(dict, 'pose_hand', source, '(N, 90)');
  if (whole !== null) {
    return [{ key: 'pose_hand', rows: readRotationRows(whole, [30], source, 'pose_hand', warnings) }];
  }
  const hands = HANDS.flatMap(([[key], joints]) => {
    const tensor = optionalTensor(dict, key, source, '(N, 45)');
    return tensor === null ? [] : [{ key, tensor, joints }];
  });
  if (hands.length === 0) return null;
  if (hands.length === 1) {
    throw new FormatError(source, hands[0].key, 'there is one hand only', 'give both hands or none');
  }
  const isBasis = hands.some(({ tensor }) => (tensor.shape.at(-1) ?? 0) < 45 && tensor.shape.length <= 2);
  if (isBasis) {
    warnings.push({
      place: 'left_hand_pose',
      message: 'the hands are coefficients of a basis in the model file, not rotations; they are left out',
    });
    return null;
  }
  return hands.map(({ key, tensor, joints }) => ({
    key,
    rows: readRotationRows(tensor, [joints], source, key, warnings),
  }));
}
