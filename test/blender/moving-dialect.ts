import { multiplyQuat } from '../../motion/math/quat.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { jointCount } from '../../motion/skeleton/skeleton.ts';
import { DIALECTS } from '../dialect-skeletons.ts';
import { skeletonFrom } from '../skeleton-from-text.ts';

/** A dialect's skeleton in motion: each joint swings about two axes by up to 50°, the root walks and turns. */
export function movingDialect(dialect: string, frameCount: number, fps: number): SkeletonClip {
  const { skeleton } = skeletonFrom(DIALECTS[dialect]);
  const count = jointCount(skeleton);
  const localRotations = new Float64Array(frameCount * count * 4);
  const localTranslations = new Float64Array(frameCount * count * 3);
  const about = new Float64Array(8);
  for (let frame = 0; frame < frameCount; frame++) {
    const seconds = frame / fps;
    localTranslations.set(skeleton.restOffsets, frame * count * 3);
    localTranslations.set(
      [0.8 * seconds, 1 + 0.05 * Math.sin(9 * seconds), 0.3 * seconds],
      frame * count * 3,
    );
    for (let node = 0; node < count; node++) {
      const at = (frame * count + node) * 4;
      localRotations[at + 3] = 1;
      if (skeleton.isEndSite[node]) continue;
      const first = 0.25 * Math.sin(2 * seconds + node);
      const second = 0.2 * Math.sin(3 * seconds + 2 * node);
      about.set([Math.sin(first), 0, 0, Math.cos(first), 0, Math.sin(second), 0, Math.cos(second)]);
      multiplyQuat(localRotations, at, about, 0, about, 4);
    }
  }
  return {
    kind: 'skeleton',
    name: dialect,
    skeleton,
    frameCount,
    frameTime: 1 / fps,
    localRotations,
    localTranslations,
  };
}
