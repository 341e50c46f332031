import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIALECTS } from '../../../test/dialect-skeletons.ts';
import { fieldOf, nameOf, type StrictRecord, StrictScene, settingsOf } from '../../../test/fbx-structure.ts';
import { farthest, sampleRig, swingingClip, worldPositions } from '../../../test/rig-clips.ts';
import { skeletonFrom } from '../../../test/skeleton-from-text.ts';
import { eulerToQuat } from '../../math/euler.ts';
import { buildRig } from '../../rig/build-rig.ts';
import type { Rig } from '../../rig/rig.ts';
import { matchSkeleton } from '../../skeleton/match-skeleton.ts';
import { fbxRate } from './fbx-time.ts';
import { writeFbx } from './fbx-write.ts';

/** World positions, metres, of a stack as Autodesk's readers have it: every curve linear between its own keys. */
function playStack(scene: StrictScene, stack: StrictRecord, rig: Rig, frameCount: number): Float64Array {
  const { names } = rig.skeleton;
  const count = names.length;
  const localRotations = new Float64Array(frameCount * count * 4);
  const localTranslations = new Float64Array(frameCount * count * 3);
  const [layer] = scene.childrenOf(stack);
  const nodes = scene.childrenOf(layer);
  names.forEach((name, node) => {
    const model = scene.of('Model', 'LimbNode').find((record) => nameOf(record) === name)!;
    const curvesOf = (property: string): ((time: number) => number)[] => {
      const base = settingsOf(model).get(property) as number[];
      const curveNode = scene.childrenOf(model, property).find((child) => nodes.includes(child));
      return [0, 1, 2].map((axis) => {
        const curve = curveNode && scene.childrenOf(curveNode, `d|${'XYZ'[axis]}`)[0];
        if (!curve) return () => base[axis];
        const times = (fieldOf(curve, 'KeyTime') as bigint[]).map(Number);
        const values = fieldOf(curve, 'KeyValueFloat') as number[];
        return (time) => {
          const next = times.findIndex((key) => key >= time);
          if (next <= 0) return values[Math.max(0, next)];
          const part = (time - times[next - 1]) / (times[next] - times[next - 1]);
          return values[next - 1] + part * (values[next] - values[next - 1]);
        };
      });
    };
    const turn = curvesOf('Lcl Rotation');
    const move = curvesOf('Lcl Translation');
    const { timeOf } = fbxRate(rig.fps);
    for (let frame = 0; frame < frameCount; frame++) {
      const time = Number(timeOf(frame));
      const [x, y, z] = turn.map((curve) => (curve(time) * Math.PI) / 180);
      eulerToQuat(localRotations, (frame * count + node) * 4, z, y, x, 'ZYX');
      localTranslations.set(
        move.map((curve) => curve(time) / 100),
        (frame * count + node) * 3,
      );
    }
  });
  return worldPositions({ skeleton: rig.skeleton, frameCount, localRotations, localTranslations });
}

test('curves played by the rules of FBX give the rig’s positions, in both takes', () => {
  const rig = sampleRig();
  const scene = new StrictScene(writeFbx(rig));
  expect(scene.of('AnimationStack').map(nameOf)).toEqual(['raw', 'refined']);
  scene.of('AnimationStack').forEach((stack, index) => {
    const take = rig.takes[index];
    const expected = worldPositions({ skeleton: rig.skeleton, ...take });
    expect(farthest(playStack(scene, stack, rig, take.frameCount), expected)).toBeLessThan(1e-5);
  });
});

test('with fewer keys the bound holds for curves of Euler angles', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(DIALECTS)),
      fc.double({ min: 0.05, max: 2, noNaN: true }),
      fc.constantFrom(0.3, 2, 10),
      (dialect, amplitude, bound) => {
        const { skeleton } = skeletonFrom(dialect);
        const takes = [{ name: 'raw', clip: swingingClip(skeleton, 30, amplitude) }];
        const { map } = matchSkeleton(skeleton);
        const rig = buildRig({
          name: 'a',
          fps: 30,
          takes,
          map,
          names: 'humanik',
          rootMotion: 'root',
          keyErrorMm: bound,
        });
        const scene = new StrictScene(writeFbx(rig));
        const played = playStack(scene, scene.of('AnimationStack')[0], rig, 30);
        const expected = worldPositions({ skeleton: rig.skeleton, ...rig.takes[0] });
        // float32 degrees and centimetres are good to some micrometres.
        expect(1000 * farthest(played, expected)).toBeLessThan(bound + 0.01);
      },
    ),
    { numRuns: 10 },
  );
});

/** A joint that turns about an axis by an angle that grows steadily; all else stands still. */
function turningRig(axis: readonly number[], radiansPerFrame: number, keyErrorMm?: number): Rig {
  const { skeleton } = skeletonFrom(DIALECTS.Mixamo);
  const clip = swingingClip(skeleton, 60, 0);
  const node = skeleton.names.indexOf('mixamorig:LeftArm');
  const length = Math.hypot(...axis);
  for (let frame = 0; frame < 60; frame++) {
    const half = (radiansPerFrame * frame) / 2;
    const vector = axis.map((value) => (value / length) * Math.sin(half));
    clip.localRotations.set([...vector, Math.cos(half)], (frame * skeleton.names.length + node) * 4);
  }
  const { map } = matchSkeleton(skeleton);
  return buildRig({
    name: 'a',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'humanik',
    rootMotion: 'hips',
    ...(keyErrorMm === undefined ? {} : { keyErrorMm }),
  });
}

test('a steady turn about a slanted axis, two keys for quaternions, gets as many as its Euler angles need', () => {
  const rig = turningRig([1, 1, 1], 0.04, 1);
  expect(rig.takes[0].rotationKeys![rig.skeleton.names.indexOf('LeftArm')]!.length).toBe(2);
  const scene = new StrictScene(writeFbx(rig));
  const expected = worldPositions({ skeleton: rig.skeleton, ...rig.takes[0] });
  expect(1000 * farthest(playStack(scene, scene.of('AnimationStack')[0], rig, 60), expected)).toBeLessThan(
    1.01,
  );
});

test('fewer keys make a smaller file', () => {
  expect(writeFbx(sampleRig('humanik', { keyErrorMm: 5 })).length).toBeLessThan(
    0.8 * writeFbx(sampleRig()).length,
  );
});

test.each([
  ['X', [1, 0, 0]],
  ['Y, the middle angle', [0, 1, 0]],
  ['Z', [0, 0, 1]],
  ['a slanted axis', [1, -2, 0.5]],
] as const)('angles never leap, also of a joint that turns round and round about %s', (_, axis) => {
  const rig = turningRig(axis, 0.25);
  const scene = new StrictScene(writeFbx(rig));
  const curveNodes = scene.of('AnimationCurveNode').filter((record) => nameOf(record) === 'R');
  for (const curveNode of curveNodes) {
    for (const letter of 'XYZ') {
      const values = fieldOf(scene.childrenOf(curveNode, `d|${letter}`)[0], 'KeyValueFloat') as number[];
      const steps = values.slice(1).map((value, at) => Math.abs(value - values[at]));
      expect(Math.max(...steps)).toBeLessThan(120);
    }
  }
  const expected = worldPositions({ skeleton: rig.skeleton, ...rig.takes[0] });
  expect(farthest(playStack(scene, scene.of('AnimationStack')[0], rig, 60), expected)).toBeLessThan(1e-5);
});
