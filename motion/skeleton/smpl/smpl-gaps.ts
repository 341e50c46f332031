import type { SmplTrack } from '../../formats/tracks.ts';
import { slerpQuat } from '../../math/quat.ts';

/**
 * The track without gaps: rotations go the shorter way at constant speed between the frames around a gap, the
 * translation in a straight line; before the first and after the last seen frame the pose is held. A track without
 * gaps is returned as it is. Throws RangeError if the person is in no frame.
 */
export function fillSmplGaps(track: SmplTrack): SmplTrack {
  const { seen, frameCount, jointCount } = track;
  if (seen === null || !seen.includes(false)) return { ...track, seen: null };
  const rotations = track.rotations.slice();
  const translations = track.translations?.slice() ?? null;
  const frames = seen.flatMap((isSeen, frame) => (isSeen ? [frame] : []));
  if (frames.length === 0) throw new RangeError(`track ${track.id} has no frame in which the person is seen`);

  let next = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    if (frames[next] < frame && next < frames.length - 1) next++;
    if (seen[frame]) continue;
    const after = frames[next];
    const before = next > 0 && after > frame ? frames[next - 1] : after;
    const share = before === after ? 0 : (frame - before) / (after - before);
    for (let joint = 0; joint < jointCount; joint++) {
      const at = (index: number) => (index * jointCount + joint) * 4;
      slerpQuat(rotations, at(frame), rotations, at(before), rotations, at(after), share);
    }
    if (translations === null) continue;
    for (let axis = 0; axis < 3; axis++) {
      const start = translations[before * 3 + axis];
      translations[frame * 3 + axis] = start + share * (translations[after * 3 + axis] - start);
    }
  }
  return { ...track, rotations, translations, seen: null };
}
