import { nominalFps } from '../../motion/edits/frame-rate.ts';
import { resampleClip } from '../../motion/edits/resample-clip.ts';
import { sliceClip } from '../../motion/edits/slice.ts';
import { writeFbx } from '../../motion/formats/fbx/fbx-write.ts';
import { writeGlb } from '../../motion/formats/gltf/write-glb.ts';
import { buildRig } from '../../motion/rig/build-rig.ts';
import type { Rig } from '../../motion/rig/rig.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { ExportOptions } from './export-options.ts';
import type { OpenedClip } from './open-clip.ts';
import { type ExportVersion, skeletonTakes } from './skeleton-takes.ts';

/** An FBX or a GLB with all versions as takes of one rig. */
export async function writeRig(
  clip: OpenedClip,
  versions: readonly ExportVersion[],
  options: ExportOptions,
): Promise<Uint8Array> {
  const rig = rigOf(clip, versions, options);
  return options.format === 'fbx' ? writeFbx(rig) : writeGlb(rig);
}

/** Versions of a clip as takes of a rig: a T-pose at rest, names, root motion and keys as asked for. */
export function rigOf(clip: OpenedClip, versions: readonly ExportVersion[], options: ExportOptions): Rig {
  const { takes, map } = skeletonTakes(clip, versions);
  const { names = 'as-input', rootMotion = 'hips', keyErrorMm = 0 } = options;
  return buildRig({
    name: clip.name,
    fps: options.fps ?? nominalFps(clip.frameTime),
    takes: takes.map(({ name, clip: take }) => ({ name, clip: cutClip(take, clip, options) })),
    map,
    names,
    rootMotion,
    ...(keyErrorMm > 0 ? { keyErrorMm } : {}),
  });
}

/** The frames and the rate that are asked for. */
export function cutClip(
  whole: SkeletonClip,
  { leadFrames }: Pick<OpenedClip, 'leadFrames'>,
  { range, fps }: ExportOptions,
): SkeletonClip {
  const part = range === undefined ? whole : sliceClip(whole, range);
  if (fps === undefined) return part;
  return resampleClip(part, fps, Math.max(0, leadFrames - (range?.[0] ?? 0)));
}
