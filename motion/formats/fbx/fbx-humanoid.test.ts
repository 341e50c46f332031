import { expect, test } from 'vitest';
import { DIALECTS } from '../../../test/dialect-skeletons.ts';
import { fieldOf, nameOf, type StrictRecord, StrictScene } from '../../../test/fbx-structure.ts';
import { sampleRig, swingingClip } from '../../../test/rig-clips.ts';
import { skeletonFrom } from '../../../test/skeleton-from-text.ts';
import { buildRig } from '../../rig/build-rig.ts';
import type { Rig, RigNames } from '../../rig/rig.ts';
import { matchSkeleton } from '../../skeleton/match-skeleton.ts';
import { writeFbx } from './fbx-write.ts';

const UNITY_BONES = [
  'Hips',
  'Spine',
  'Head',
  ...['Left', 'Right'].flatMap((side) =>
    ['UpLeg', 'Leg', 'Foot', 'Arm', 'ForeArm', 'Hand'].map((part) => side + part),
  ),
];
const UNREAL_BONES = [
  'pelvis',
  'spine_01',
  'head',
  ...['l', 'r'].flatMap((side) =>
    ['thigh', 'calf', 'foot', 'upperarm', 'lowerarm', 'hand'].map((part) => `${part}_${side}`),
  ),
];

test.each([
  ['humanik', UNITY_BONES],
  ['mixamo', UNITY_BONES.map((name) => `mixamorig:${name}`)],
  ['unreal', UNREAL_BONES],
] as const)(
  'structure only, not Unity itself: a %s file has the 15 bones of a Humanoid in a gapless T-pose, bound and skinned',
  (names, bones) => {
    for (const text of [...Object.values(DIALECTS), undefined]) {
      const scene = new StrictScene(
        writeFbx(text === undefined ? sampleRig(names) : dialectRig(text, names)),
      );
      const limbs = scene.of('Model', 'LimbNode');
      const bone = (name: string): StrictRecord => limbs.find((record) => nameOf(record) === name)!;
      for (const name of bones) expect(bone(name), name).toBeDefined();

      // Each bone hangs below the one that an engine expects, through whatever lies between.
      const isBelow = (name: string, above: string): boolean => {
        for (let at = scene.parentsOf(bone(name))[0]; at; at = scene.parentsOf(at)[0]) {
          if (nameOf(at) === above) return true;
        }
        return false;
      };
      const [hips, spine, head, ...rest] = bones;
      expect(isBelow(spine, hips) && isBelow(head, spine)).toBe(true);
      for (const limb of [rest.slice(0, 6), rest.slice(6)]) {
        const [upLeg, leg, foot, arm, foreArm, hand] = limb;
        expect(isBelow(upLeg, hips) && isBelow(leg, upLeg) && isBelow(foot, leg)).toBe(true);
        expect(isBelow(arm, spine) && isBelow(foreArm, arm) && isBelow(hand, foreArm)).toBe(true);
      }

      const bind = scene.bindPlaces();
      for (const record of limbs) expect(bind.has(record.values[0]), nameOf(record)).toBe(true);
      const place = (name: string): number[] => bind.get(bone(name).values[0])!;
      checkTPose(bones, place);
      for (const cluster of scene.of('Deformer', 'Cluster')) {
        const [model] = scene.childrenOf(cluster);
        const link = (fieldOf(cluster, 'TransformLink') as number[]).slice(12, 15);
        expect(link).toEqual(bind.get(model.values[0]));
        const [skin] = scene.parentsOf(cluster);
        expect(scene.parentsOf(scene.parentsOf(skin)[0])[0].values[2]).toBe('Mesh');
      }
      const skinned = new Set(
        scene.of('Deformer', 'Cluster').map((cluster) => nameOf(scene.childrenOf(cluster)[0])),
      );
      for (const name of bones) expect(skinned.has(name), name).toBe(true);
      checkWeights(scene);
      expect(scene.settings.get('TimeMode')).toBe(6);
      expect(scene.settings.get('UpAxis')).toBe(1);
      expect(scene.settings.get('UnitScaleFactor')).toBe(1);
    }
  },
);

function dialectRig(skeletonText: string, names: RigNames): Rig {
  const { skeleton } = skeletonFrom(skeletonText);
  const { map } = matchSkeleton(skeleton);
  const takes = [{ name: 'raw', clip: swingingClip(skeleton, 3) }];
  return buildRig({ name: 'body', fps: 30, takes, map, names, rootMotion: 'hips' });
}

/** Arms level, legs down, trunk up, within 5°; left at +X and feet towards +Z: the body faces +Z. */
function checkTPose(bones: readonly string[], place: (name: string) => number[]): void {
  const cosine = Math.cos((5 * Math.PI) / 180);
  const along = (from: string, to: string, axis: number, sign: number): void => {
    const way = place(to).map((value, at) => value - place(from)[at]);
    expect((sign * way[axis]) / Math.hypot(...way), `${from} to ${to}`).toBeGreaterThan(cosine);
  };
  const [hips, , head, ...rest] = bones;
  along(hips, head, 1, 1);
  [rest.slice(0, 6), rest.slice(6)].forEach(([upLeg, leg, foot, arm, foreArm, hand], side) => {
    along(upLeg, leg, 1, -1);
    along(leg, foot, 1, -1);
    along(arm, foreArm, 0, side === 0 ? 1 : -1);
    along(foreArm, hand, 0, side === 0 ? 1 : -1);
  });
}

/** Every point of the figure belongs to one bone, wholly. */
function checkWeights(scene: StrictScene): void {
  const [geometry] = scene.of('Geometry', 'Mesh');
  const weights = new Float64Array((fieldOf(geometry, 'Vertices') as number[]).length / 3);
  for (const cluster of scene.of('Deformer', 'Cluster')) {
    const shares = fieldOf(cluster, 'Weights') as number[];
    (fieldOf(cluster, 'Indexes') as number[]).forEach((point, at) => {
      weights[point] += shares[at];
    });
  }
  expect(weights.every((weight) => weight === 1)).toBe(true);
}
