import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import { bvhFromSkeleton, prependRestFrame } from '../../motion/formats/bvh-from-skeleton.ts';
import type { BvhUnits } from '../../motion/formats/bvh-skeleton.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { ExportOptions } from './export-options.ts';
import { rigOf } from './export-rig.ts';
import type { OpenedClip } from './open-clip.ts';
import type { ExportVersion } from './skeleton-takes.ts';

/** New BVH files are in centimetres, as most tools expect of one. */
export const NEW_BVH_UNITS: BvhUnits = { metresPerUnit: 0.01, upAxis: 'y' };

export interface NewBvhFile {
  readonly document: BvhDocument;
  readonly units: BvhUnits;
}

/** A BVH of a skeleton's own joints, in its own rest pose. */
export function newBvh(clip: SkeletonClip, movingNodes: readonly number[] = []): NewBvhFile {
  const units = NEW_BVH_UNITS;
  const { frameTime, frameCount } = clip;
  const { document, nodeOfJoint } = bvhFromSkeleton(clip.skeleton, { ...units, frameTime, movingNodes });
  const motion = clipToBvhMotion(document, clip, { ...units, nodeOfJoint, base: null });
  return { document: { ...document, frameCount, motion }, units };
}

/** A BVH with a T-pose at rest, names and root motion as asked for; all frames at the clip's own rate. */
export function newRigBvh(clip: OpenedClip, version: ExportVersion, options: ExportOptions): NewBvhFile {
  const { names, rootMotion } = options;
  const whole: ExportOptions = {
    format: 'bvh',
    ...(names === undefined ? {} : { names }),
    ...(rootMotion === undefined ? {} : { rootMotion }),
  };
  const { skeleton, takes } = rigOf(clip, [version], whole);
  const [{ name, frameCount, localRotations, localTranslations, movingNodes }] = takes;
  const { frameTime } = clip;
  const take: SkeletonClip = {
    kind: 'skeleton',
    name,
    skeleton,
    frameCount,
    frameTime,
    localRotations,
    localTranslations,
  };
  return newBvh(take, movingNodes);
}

/** The document with its rest pose as a frame before the others. */
export function withRestFrame(document: BvhDocument): BvhDocument {
  const motion = prependRestFrame(document, document.motion);
  return { ...document, frameCount: document.frameCount + 1, motion };
}
