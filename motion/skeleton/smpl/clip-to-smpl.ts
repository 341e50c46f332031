import type { SmplTrack } from '../../formats/tracks.ts';
import type { SkeletonClip } from '../clip.ts';
import type { SmplBody } from './smpl-body.ts';
import { smplToClip } from './smpl-to-clip.ts';
import { turnQuat, turnRoot, turnUp } from './turn-rotation.ts';

/**
 * The way back from `smplToClip`: a track in the original's axes, model and joints, posed like the clip.
 *
 * A joint of a frame that equals the clip made of the original is the original's bit by bit, so a clip that was
 * not changed gives the original track. A gap stays a gap where the clip did not change in it, and is filled where
 * it did. A track without translation gets one where the clip's root moved. A clip with another frame count or
 * frame rate (cut, resampled) is converted in all frames, and its gaps are filled.
 */
export function clipToSmpl(clip: SkeletonClip, body: SmplBody, original: SmplTrack): SmplTrack {
  const nodeCount = body.skeleton.names.length;
  if (clip.skeleton.names.length !== nodeCount) {
    throw new RangeError(`the clip has ${clip.skeleton.names.length} nodes, its body ${nodeCount}`);
  }
  const rate = 1 / clip.frameTime;
  const converted = convert(clip, body, original);
  const before = smplToClip(original, body, rate).clip;
  // 1e-9: a frame rate's inverse and its inverse are one rate.
  const isSameRate = Math.abs(before.frameTime / clip.frameTime - 1) < 1e-9;
  if (!isSameRate || before.frameCount !== clip.frameCount) {
    return { ...converted, fps: rate };
  }

  const { jointCount, frameCount } = original;
  const rotations = converted.rotations;
  const translations = converted.translations!;
  const seen = original.seen?.slice() ?? null;
  let isRootMoved = false;
  for (let frame = 0; frame < frameCount; frame++) {
    const node = frame * nodeCount;
    const hasMoved = !isEqual(clip.localTranslations, before.localTranslations, node * 3, 3);
    isRootMoved ||= hasMoved;
    let isChanged = hasMoved;
    for (let joint = 0; joint < jointCount; joint++) {
      isChanged ||= !isEqual(clip.localRotations, before.localRotations, (node + joint) * 4, 4);
    }
    const isFilled = seen !== null && !seen[frame] && isChanged;
    if (isFilled) {
      seen[frame] = true;
      continue;
    }
    if (!hasMoved && original.translations !== null) copy(translations, original.translations, frame * 3, 3);
    for (let joint = 0; joint < jointCount; joint++) {
      if (!isEqual(clip.localRotations, before.localRotations, (node + joint) * 4, 4)) continue;
      copy(rotations, original.rotations, (frame * jointCount + joint) * 4, 4);
    }
    if (seen !== null && !seen[frame]) translations.fill(Number.NaN, frame * 3, frame * 3 + 3);
  }
  const hasTranslations = original.translations !== null || isRootMoved;
  return {
    ...converted,
    fps: original.fps ?? rate,
    seen: seen?.includes(false) ? seen : null,
    translations: hasTranslations ? translations : null,
  };
}

/** All frames of a clip in the axes of a track. */
function convert(clip: SkeletonClip, body: SmplBody, original: SmplTrack): SmplTrack {
  const { frameCount } = clip;
  const { jointCount } = original;
  const nodeCount = body.skeleton.names.length;
  const turn = turnUp('+y', original.up);
  const quat = turnQuat(turn);
  const rotations = new Float64Array(frameCount * jointCount * 4);
  const translations = new Float64Array(frameCount * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    const node = frame * nodeCount;
    const first = frame * jointCount * 4;
    rotations.set(clip.localRotations.subarray(node * 4, (node + jointCount) * 4), first);
    translations.set(clip.localTranslations.subarray(node * 3, node * 3 + 3), frame * 3);
    turnRoot(rotations, first, translations, frame * 3, turn, quat);
    for (let axis = 0; axis < 3; axis++) translations[frame * 3 + axis] -= body.pelvisOffset[axis];
  }
  return { ...original, frameCount, rotations, translations, seen: null };
}

function isEqual(a: Float64Array, b: Float64Array, at: number, count: number): boolean {
  for (let index = at; index < at + count; index++) if (a[index] !== b[index]) return false;
  return true;
}

function copy(to: Float64Array, from: Float64Array, at: number, count: number): void {
  to.set(from.subarray(at, at + count), at);
}
