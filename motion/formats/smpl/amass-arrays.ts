import { quatToAxisAngle } from '../../math/axis-angle.ts';
import { averageSmplBody } from '../../skeleton/smpl/average-smpl.ts';
import type { SmplBody } from '../../skeleton/smpl/smpl-body.ts';
import { fillSmplGaps } from '../../skeleton/smpl/smpl-gaps.ts';
import { SMPL_BODY_JOINTS } from '../../skeleton/smpl/smpl-joints.ts';
import { turnQuat, turnRoot, turnUp } from '../../skeleton/smpl/turn-rotation.ts';
import type { NpzArray, NpzValue } from '../python/npz-write.ts';
import type { SmplTrack } from '../tracks.ts';

const BETA_COUNT = 16;
const SOFT_TISSUE_COUNT = 8;

/**
 * The arrays of an NPZ that programs for AMASS read: SMPL-H with `poses` (N, 156), or for an SMPL-X track (N, 165)
 * and the same in pieces. Metres, Z up.
 *
 * Root rotation and translation are turned together: the pelvis p = trans + J0 goes to R p, so trans' = R (trans + J0) - J0.
 * Joints the track has no rotation for are at rest; so are SMPL's two hand joints, which the others have not. Gaps are
 * bridged, a missing translation is 0, missing shape coefficients are 0.
 *
 * @param body whose `pelvisOffset` is J0; the average one by default
 * Throws RangeError for a track without a frame rate or without a seen frame.
 */
export function amassArrays(
  track: SmplTrack,
  body: SmplBody = averageSmplBody(track.model),
): Readonly<Record<string, NpzValue>> {
  if (track.fps === null) throw new RangeError(`track ${track.id} has no frame rate`);
  const { poses, translations } = zUp(track, body);
  const isX = track.model === 'smplx';
  const jointCount = isX ? 55 : 52;
  const { frameCount } = track;
  const betas = Float64Array.from({ length: BETA_COUNT }, (_, beta) => track.betas?.[beta] ?? 0);
  const shared = {
    poses: numbers([frameCount, jointCount * 3], poses),
    trans: numbers([frameCount, 3], translations),
    betas: numbers([BETA_COUNT], betas),
    gender: track.gender ?? 'neutral',
    mocap_framerate: track.fps,
  };
  if (!isX) {
    const still = new Float64Array(frameCount * SOFT_TISSUE_COUNT);
    return { ...shared, dmpls: numbers([frameCount, SOFT_TISSUE_COUNT], still) };
  }
  const joints = (first: number, count: number) => {
    const out = new Float64Array(frameCount * count * 3);
    for (let frame = 0; frame < frameCount; frame++) {
      const start = (frame * jointCount + first) * 3;
      out.set(poses.subarray(start, start + count * 3), frame * count * 3);
    }
    return numbers([frameCount, count * 3], out);
  };
  return {
    ...shared,
    root_orient: joints(0, 1),
    pose_body: joints(1, 21),
    pose_jaw: joints(22, 1),
    pose_eye: joints(23, 2),
    pose_hand: joints(25, 30),
    num_betas: BigInt(BETA_COUNT),
    surface_model_type: 'smplx',
    mocap_frame_rate: track.fps,
    mocap_time_length: frameCount / track.fps,
  };
}

/** Axis-angle poses, [frame][52 | 55][3], and translations, [frame][3], Z up. */
function zUp(track: SmplTrack, body: SmplBody): { poses: Float64Array; translations: Float64Array } {
  const { frameCount, jointCount } = track;
  const filled = fillSmplGaps(track);
  const turn = turnUp(track.up, '+z');
  const quat = turnQuat(turn);
  const rotations = filled.rotations.slice();
  const translations = filled.translations?.slice() ?? new Float64Array(frameCount * 3);
  const isTurned = track.up !== '+z';
  for (let frame = 0; frame < frameCount; frame++) {
    const at = frame * 3;
    const isPlaced = isTurned && track.translations !== null;
    for (let axis = 0; axis < 3 && isPlaced; axis++) translations[at + axis] += body.pelvisOffset[axis];
    turnRoot(rotations, frame * jointCount * 4, translations, at, turn, quat);
    for (let axis = 0; axis < 3 && isPlaced; axis++) translations[at + axis] -= body.pelvisOffset[axis];
  }
  const width = track.model === 'smplx' ? 55 : 52;
  // SMPL's joints 22 and 23 are hands, those of SMPL-H fingers.
  const shared = track.model === 'smpl' ? SMPL_BODY_JOINTS : jointCount;
  const poses = new Float64Array(frameCount * width * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let joint = 0; joint < shared; joint++) {
      quatToAxisAngle(poses, (frame * width + joint) * 3, rotations, (frame * jointCount + joint) * 4);
    }
  }
  return { poses, translations };
}

function numbers(shape: readonly number[], data: Float64Array): NpzArray {
  return { shape, data };
}
