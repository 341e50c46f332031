import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { handMadeWalk } from '../motion/contact/hand-made-walk.ts';
import { bvhToClip } from '../motion/formats/bvh-clip.ts';
import { readBvh } from '../motion/formats/bvh-read.ts';
import { eulerToQuat } from '../motion/math/euler.ts';
import { buildRig, type RigRequest } from '../motion/rig/build-rig.ts';
import type { Rig, RigNames } from '../motion/rig/rig.ts';
import type { Body17Map } from '../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../motion/skeleton/clip.ts';
import { solveFk } from '../motion/skeleton/fk.ts';
import { matchSkeleton } from '../motion/skeleton/match-skeleton.ts';
import type { Skeleton } from '../motion/skeleton/skeleton.ts';
import { skeletonFromPositions } from '../motion/skeleton/skeleton-from-positions.ts';

export interface RigSource {
  readonly clip: SkeletonClip;
  readonly map: Body17Map;
}

export function bvhSource(path: string, metresPerUnit: number, frames = 1e9): RigSource {
  const document = readBvh(readFileSync(path), path);
  const { clip } = bvhToClip(document, { metresPerUnit });
  const frameCount = Math.min(frames, clip.frameCount);
  const count = clip.skeleton.names.length;
  return {
    clip: {
      ...clip,
      frameCount,
      localRotations: clip.localRotations.slice(0, frameCount * count * 4),
      localTranslations: clip.localTranslations.slice(0, frameCount * count * 3),
    },
    map: matchSkeleton(clip.skeleton).map,
  };
}

/** 20 seconds of generated motion at 60 frames a second on a skeleton with HumanIK names. */
export function sampleSource(frames?: number): RigSource {
  return bvhSource(
    new URL('../assets/samples/performance-clean.bvh', import.meta.url).pathname,
    0.01,
    frames,
  );
}

/** Real clips of two skeletons; empty where the folder is absent. */
export function realSources(frames = 300): readonly (RigSource & { readonly name: string })[] {
  const folder = new URL('../../shared/mocap/', import.meta.url).pathname;
  return [
    { name: 'cmu-daz', path: `${folder}test/cmu-daz-02/02_01.bvh`, metresPerUnit: 0.01 },
    { name: 'cmu-native', path: `${folder}train/cmu-native`, metresPerUnit: 0.01 },
  ].flatMap(({ name, path, metresPerUnit }) => {
    const file = path.endsWith('.bvh') ? path : firstBvh(path);
    return file && existsSync(file) ? [{ name, ...bvhSource(file, metresPerUnit, frames) }] : [];
  });
}

function firstBvh(folder: string): string | undefined {
  const name = existsSync(folder) && readdirSync(folder).find((file) => file.endsWith('.bvh'));
  return name ? `${folder}/${name}` : undefined;
}

/** Two takes of the sample, the second shorter, with a root joint. */
export function sampleRig(names: RigNames = 'humanik', options: Partial<RigRequest> = {}): Rig {
  const { clip, map } = sampleSource(60);
  const takes = [
    { name: 'raw', clip },
    { name: 'refined', clip: { ...clip, frameCount: 40 } },
  ];
  return buildRig({ name: 'walk', fps: 30, takes, map, names, rootMotion: 'root', ...options });
}

export function walkSource(fps = 30, seconds = 2): RigSource {
  return skeletonFromPositions(handMadeWalk({ seconds, fps }), 1 / fps, 'walk');
}

/**
 * Some motion on any skeleton: every joint swings by its own angles and the root wanders in circles.
 * @param amplitude radians
 */
export function swingingClip(
  skeleton: Skeleton,
  frameCount = 40,
  amplitude = 0.4,
  frameTime = 1 / 30,
): SkeletonClip {
  const count = skeleton.names.length;
  const localRotations = new Float64Array(frameCount * count * 4);
  const localTranslations = new Float64Array(frameCount * count * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    localTranslations.set(skeleton.restOffsets, frame * count * 3);
    const phase = (2 * Math.PI * frame) / 30;
    localTranslations.set([Math.sin(phase), 1 + 0.1 * Math.cos(phase), 0.5 * phase], frame * count * 3);
    for (let node = 0; node < count; node++) {
      const at = (frame * count + node) * 4;
      const angle = (axis: number): number =>
        skeleton.isEndSite[node] ? 0 : amplitude * Math.sin(phase * (1 + 0.3 * axis) + node * (axis + 1));
      eulerToQuat(localRotations, at, angle(0), angle(1), angle(2), 'ZXY');
    }
  }
  return {
    kind: 'skeleton',
    name: 'swing',
    skeleton,
    frameCount,
    frameTime,
    localRotations,
    localTranslations,
  };
}

/** World positions of all nodes, metres, [frame][node][xyz]. */
export function worldPositions(
  clip: Pick<SkeletonClip, 'skeleton' | 'frameCount' | 'localRotations' | 'localTranslations'>,
): Float64Array {
  const count = clip.skeleton.names.length;
  const out = new Float64Array(clip.frameCount * count * 3);
  const positions = new Float64Array(count * 3);
  const rotations = new Float64Array(count * 4);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk({ kind: 'skeleton', name: '', frameTime: 1, ...clip }, frame, positions, rotations);
    out.set(positions, frame * count * 3);
  }
  return out;
}

/** The greatest distance of points of two lists, in their unit. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let at = 0; at < a.length; at += 3) {
    const distance = Math.hypot(a[at] - b[at], a[at + 1] - b[at + 1], a[at + 2] - b[at + 2]);
    if (!(distance <= worst)) worst = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  }
  return worst;
}
