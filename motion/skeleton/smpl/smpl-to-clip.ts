import type { SmplTrack } from '../../formats/tracks.ts';
import type { Body17Map } from '../body17.ts';
import type { SkeletonClip } from '../clip.ts';
import { type SmplBody, smplBody17Map } from './smpl-body.ts';
import { fillSmplGaps } from './smpl-gaps.ts';
import { turnQuat, turnRoot, turnUp } from './turn-rotation.ts';

export interface SmplClip {
  /** Metres, Y up. Its gaps are bridged, so that it can be animated. */
  readonly clip: SkeletonClip;
  readonly map: Body17Map;
  /** Frames in which the person was seen, [frame]; null where all were. */
  readonly seen: readonly boolean[] | null;
}

/**
 * Poses a body by a track.
 *
 * The root is the pelvis: translation plus `pelvisOffset`, then turned to Y up together with the root's rotation. A
 * track without translation keeps its pelvis at the origin. Joints of the body that the track has no rotation for
 * (hands of a track of 22 joints) rest.
 *
 * @param fps used where the track has none
 * Throws RangeError where neither says how fast the clip is, or the body is another model or has fewer joints.
 */
export function smplToClip(track: SmplTrack, body: SmplBody, fps: number | null = null): SmplClip {
  checkBody(track, body);
  const rate = track.fps ?? fps;
  if (rate === null) throw new RangeError(`track ${track.id} has no frame rate, and none was given`);
  const { frameCount, jointCount } = track;
  const { skeleton, pelvisOffset } = body;
  const nodeCount = skeleton.names.length;
  const filled = fillSmplGaps(track);
  const turn = turnUp(track.up, '+y');
  const quat = turnQuat(turn);

  const localRotations = new Float64Array(frameCount * nodeCount * 4);
  const localTranslations = new Float64Array(frameCount * nodeCount * 3);
  for (let w = 3; w < localRotations.length; w += 4) localRotations[w] = 1;
  for (let frame = 0; frame < frameCount; frame++) {
    const root = frame * nodeCount;
    const first = frame * jointCount * 4;
    localRotations.set(filled.rotations.subarray(first, first + jointCount * 4), root * 4);
    localTranslations.set(skeleton.restOffsets, root * 3);
    for (let axis = 0; axis < 3; axis++) {
      localTranslations[root * 3 + axis] =
        filled.translations === null ? 0 : filled.translations[frame * 3 + axis] + pelvisOffset[axis];
    }
    turnRoot(localRotations, root * 4, localTranslations, root * 3, turn, quat);
  }
  const clip: SkeletonClip = {
    kind: 'skeleton',
    name: track.id,
    skeleton,
    frameCount,
    frameTime: 1 / rate,
    localRotations,
    localTranslations,
  };
  return { clip, map: smplBody17Map(body), seen: track.seen };
}

function checkBody(track: SmplTrack, body: SmplBody): void {
  if (track.model === body.model && track.jointCount <= body.jointCount) return;
  throw new RangeError(
    `track ${track.id} is ${track.model} with ${track.jointCount} joints, the body ${body.model} with ${body.jointCount}`,
  );
}
