import { axisAngleToQuat } from '../../motion/math/axis-angle.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { jointCount } from '../../motion/skeleton/skeleton.ts';
import { PLACES, skeletonFrom } from '../skeleton-from-text.ts';
import type { BvhDialect } from './dialects.ts';

const DEGREE = Math.PI / 180;
/** Frames of motion in a fixture. */
export const MOTION_FRAMES = 3;

/**
 * A few frames of walking: arms down, a step ahead, the root 5 cm on each frame. Metres, Y up, facing +Z; at rest
 * the dialect's zero pose stands in world axes.
 */
export function dialectClip(dialect: BvhDialect): SkeletonClip {
  const { skeleton, placeOf } = skeletonFrom(dialect.skeleton, dialect.places);
  const count = jointCount(skeleton);
  const localRotations = new Float64Array(MOTION_FRAMES * count * 4);
  const localTranslations = new Float64Array(MOTION_FRAMES * count * 3);
  const armsHang = dialect.places !== undefined && dialect.places.leftWrist[0] < PLACES.leftElbow[0];
  for (let frame = 0; frame < MOTION_FRAMES; frame++) {
    localTranslations.set(skeleton.restOffsets, frame * count * 3);
    // A root that stands for the pelvis is lifted to its height, one on the floor stays there.
    const [x, y, z] = (dialect.places ?? PLACES)[placeOf[0]];
    localTranslations.set([x + 0.3, y, z + 0.05 * frame], frame * count * 3);
    for (let node = 0; node < count; node++) {
      const isFirst = placeOf[skeleton.parents[node]] !== placeOf[node];
      const turn = isFirst && !skeleton.isEndSite[node] ? turnOf(placeOf[node], frame, armsHang) : [0, 0, 0];
      axisAngleToQuat(
        localRotations,
        (frame * count + node) * 4,
        turn.map((angle) => angle * DEGREE),
        0,
      );
    }
  }
  return {
    kind: 'skeleton',
    name: dialect.file,
    skeleton,
    frameCount: MOTION_FRAMES,
    frameTime: 1 / dialect.fps,
    localRotations,
    localTranslations,
  };
}

/** Degrees about one axis. Left is at +X, so an arm goes down by turning about -Z on the left, +Z on the right. */
function turnOf(place: string, frame: number, armsHang: boolean): number[] {
  const side = place.startsWith('left') ? 1 : -1;
  if (/Shoulder$/.test(place)) return armsHang ? [8 * side, 0, 0] : [0, 0, -(72 + frame) * side];
  if (/Elbow$/.test(place)) return armsHang ? [-15 - frame, 0, 0] : [0, -(15 + frame) * side, 0];
  if (/Hip$/.test(place)) return [(-20 + frame) * side, 0, 0];
  if (/Knee$/.test(place)) return [12 + 2 * frame, 0, 0];
  if (place === 'spine') return [4 + frame, 0, 0];
  if (place === 'thorax') return [0, 6 - frame, 0];
  return [0, 0, 0];
}
