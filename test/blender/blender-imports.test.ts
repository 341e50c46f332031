import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bvhToClip, clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import { bvhFromSkeleton, prependRestFrame } from '../../motion/formats/bvh-from-skeleton.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { writeBvh } from '../../motion/formats/bvh-write.ts';
import { writeFbx } from '../../motion/formats/fbx/fbx-write.ts';
import { writeGlb } from '../../motion/formats/gltf/write-glb.ts';
import { buildRig } from '../../motion/rig/build-rig.ts';
import type { Rig } from '../../motion/rig/rig.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { matchSkeleton } from '../../motion/skeleton/match-skeleton.ts';
import { farthest } from './farthest.ts';
import { movingDialect } from './moving-dialect.ts';
import {
  BLENDER,
  type BlenderJob,
  type BlenderScene,
  hasBlender,
  importInBlender,
  SAMPLES,
} from './run-blender.ts';

if (!hasBlender())
  console.warn(
    `skipped: no Blender at ${BLENDER} (Debian: apt install blender; elsewhere name it in BLENDER)`,
  );

/** One millimetre. */
const TOLERANCE = 1e-3;
const MOST_FRAMES = 300;

const performance = trimmed(
  readClip(new URL('../../assets/samples/performance-clean.bvh', import.meta.url).pathname),
);
const clips: Readonly<Record<string, SkeletonClip>> = {
  performance,
  'CMU MotionBuilder-friendly': movingDialect('CMU MotionBuilder-friendly', 50, 30),
  Mixamo: movingDialect('Mixamo', 50, 25),
  'Xsens MVN': movingDialect('Xsens MVN', 50, 60),
  SMPL: movingDialect('SMPL', 50, 24),
  ...capturedClips(),
};

interface Case {
  readonly job: BlenderJob;
  /** What each take must look like, by the name of the take; a BVH has one, whatever it is called. */
  readonly takes: Readonly<Record<string, SkeletonClip>>;
  readonly fps: number;
  readonly isRig: boolean;
}

const cases: Case[] = [];
const scenes = new Map<Case, BlenderScene>();

describe.skipIf(!hasBlender())('in Blender', () => {
  beforeAll(async () => {
    for (const [name, clip] of Object.entries(clips))
      cases.push(...bvhCases(name, clip), ...(await rigCases(name, clip)));
    const found = await importInBlender(cases.map(({ job }) => job));
    cases.forEach((one, at) => {
      scenes.set(one, found[at]);
    });
  }, 600_000);

  test('every joint stands within a millimetre of ours, in every format and take', () => {
    for (const [{ job, takes, isRig }, scene] of scenes) {
      for (const [name, clip] of Object.entries(takes)) {
        const take = scene.takes.find(({ action }) => !isRig || action.includes(name))!;
        expect(take, `${job.name} has the take ${name}`).toBeDefined();
        const { joint, metres } = farthest(take, clip, isRig);
        expect(metres, `${job.name}, ${name}, ${joint}`).toBeLessThan(TOLERANCE);
      }
    }
  });

  test('frame counts and rates arrive', () => {
    for (const [{ job, takes, fps }, scene] of scenes) {
      expect(scene.fps, job.name).toBeCloseTo(fps, 3);
      expect(scene.takes, job.name).toHaveLength(Object.keys(takes).length);
      const [clip] = Object.values(takes);
      for (const { first, last, frames } of scene.takes) {
        expect(last - first + 1, job.name).toBe(clip.frameCount);
        expect(frames.length, job.name).toBe(Math.min(SAMPLES, clip.frameCount));
      }
    }
  });

  test('the armature stands upright, as tall as a person, with its left at +X, and moves its figure', () => {
    for (const [{ job, takes, isRig }, scene] of scenes) {
      expect(scene.armatures, job.name).toBe(1);
      const { head, leftFoot, rightFoot, leftHand } = landmarks(Object.values(takes)[0], scene);
      const height = head[2] - Math.min(leftFoot[2], rightFoot[2]);
      expect(height, job.name).toBeGreaterThan(1.1);
      expect(height, job.name).toBeLessThan(2);
      expect(leftHand[0], job.name).toBeGreaterThan(0.2);
      if (!isRig) continue;
      expect(scene.skinnedVertices, job.name).toBeGreaterThan(0);
      // At rest on the floor: the feet's joints are at most a foot's height above it.
      expect(Math.min(leftFoot[2], rightFoot[2]), job.name).toBeGreaterThan(-0.01);
      expect(Math.min(leftFoot[2], rightFoot[2]), job.name).toBeLessThan(0.2);
    }
  });
});

/** A new BVH in metres, one in centimetres and one that begins with its rest pose. */
function bvhCases(name: string, clip: SkeletonClip): Case[] {
  const fps = 1 / clip.frameTime;
  const make = (suffix: string, metresPerUnit: number, hasRestFrame: boolean): Case => {
    const units = { metresPerUnit };
    const { document, nodeOfJoint } = bvhFromSkeleton(clip.skeleton, { frameTime: clip.frameTime, ...units });
    const motion = clipToBvhMotion(document, clip, { ...units, nodeOfJoint, base: null });
    const bytes = writeBvh(document, hasRestFrame ? prependRestFrame(document, motion) : motion);
    const written = bvhToClip(readBvh(bytes, name), units).clip;
    const job = { name: `${name.replaceAll(' ', '-')}-${suffix}.bvh`, bytes, scale: metresPerUnit };
    return { job, takes: { [name]: hasRestFrame ? written : renamedAs(clip, written) }, fps, isRig: false };
  };
  return [make('metres', 1, false), make('centimetres', 0.01, false), make('t-pose', 1, true)];
}

async function rigCases(name: string, clip: SkeletonClip): Promise<Case[]> {
  const raw = { name: 'raw', clip };
  const refined = { name: 'refined', clip: lifted(clip) };
  const rig = buildRig({
    name,
    fps: 1 / clip.frameTime,
    takes: [raw, refined],
    map: matchSkeleton(clip.skeleton).map,
    names: 'as-input',
    rootMotion: 'hips',
  });
  const takes = { raw: takeClip(rig, 0), refined: takeClip(rig, 1) };
  const base = name.replaceAll(' ', '-');
  const files: Readonly<Record<string, Uint8Array>> = {
    [`${base}.glb`]: await writeGlb(rig),
    [`${base}.fbx`]: writeFbx(rig),
    [`${base}-metres-z-up.fbx`]: writeFbx(rig, { unit: 'm', upAxis: 'z' }),
  };
  return Object.entries(files).map(([file, bytes]) => ({
    job: { name: file, bytes },
    takes,
    fps: rig.fps,
    isRig: true,
  }));
}

/** A take that differs: 10 cm higher, so that one taken for the other is seen. */
function lifted(clip: SkeletonClip): SkeletonClip {
  const stride = clip.skeleton.names.length * 3;
  return {
    ...clip,
    localTranslations: clip.localTranslations.map((value, at) => (at % stride === 1 ? value + 0.1 : value)),
  };
}

function takeClip({ skeleton, takes, fps }: Rig, index: number): SkeletonClip {
  const { name, frameCount, localRotations, localTranslations } = takes[index];
  return {
    kind: 'skeleton',
    name,
    skeleton,
    frameCount,
    frameTime: 1 / fps,
    localRotations,
    localTranslations,
  };
}

/** Our own motion under the names that the file has. */
function renamedAs(clip: SkeletonClip, written: SkeletonClip): SkeletonClip {
  const names = clip.skeleton.names.map((name) =>
    written.skeleton.names.includes(name) ? name : name.replaceAll(' ', '_'),
  );
  return { ...clip, skeleton: { ...clip.skeleton, names } };
}

/** Rest positions of the joints that stand for a head, feet and a hand. */
function landmarks({ skeleton }: SkeletonClip, scene: BlenderScene) {
  const { map } = matchSkeleton(skeleton);
  const joint = (index: number) => {
    let [{ node }] = map[index];
    if (skeleton.isEndSite[node] && scene.restHeads[skeleton.names[node]] === undefined)
      node = skeleton.parents[node];
    return scene.restHeads[skeleton.names[node]];
  };
  return { rightFoot: joint(3), leftFoot: joint(6), head: joint(10), leftHand: joint(13) };
}

function readClip(path: string): SkeletonClip {
  return bvhToClip(readBvh(readFileSync(path), path), { metresPerUnit: 0.01 }).clip;
}

function trimmed(clip: SkeletonClip): SkeletonClip {
  const frameCount = Math.min(MOST_FRAMES, clip.frameCount);
  const count = clip.skeleton.names.length;
  return {
    ...clip,
    frameCount,
    localRotations: clip.localRotations.slice(0, frameCount * count * 4),
    localTranslations: clip.localTranslations.slice(0, frameCount * count * 3),
  };
}

/** Two captured clips of different skeletons, where they are at hand. */
function capturedClips(): Record<string, SkeletonClip> {
  const folder = join(import.meta.dirname, '../../../shared/mocap');
  const folders = ['train/cmu-native', 'val/cmu-daz-08'].filter((group) => existsSync(join(folder, group)));
  return Object.fromEntries(
    folders.map((group) => {
      const [file] = readdirSync(join(folder, group)).filter((entry) => entry.endsWith('.bvh'));
      return [file.replace('.bvh', ''), trimmed(readClip(join(folder, group, file)))];
    }),
  );
}
