import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIALECTS, UNREAL } from '../../test/dialect-skeletons.ts';
import { farthest, sampleSource, swingingClip, walkSource, worldPositions } from '../../test/rig-clips.ts';
import { PLACES, skeletonFrom } from '../../test/skeleton-from-text.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { buildRestTree } from '../skeleton/rest-tree.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { buildRig, ROOT_JOINT } from './build-rig.ts';
import { RIG_NAMES, type Rig, type RigNames, type RootMotion } from './rig.ts';

function rigOf(
  text: string,
  names: RigNames,
  rootMotion: RootMotion,
  frames = 40,
): { rig: Rig; world: Float64Array } {
  const { skeleton } = skeletonFrom(text);
  const clip = swingingClip(skeleton, frames);
  const { map } = matchSkeleton(skeleton);
  const rig = buildRig({ name: 'body', fps: 30, takes: [{ name: 'raw', clip }], map, names, rootMotion });
  return { rig, world: worldPositions(clip) };
}

function rigPositions({ skeleton, takes: [take] }: Rig): Float64Array {
  return worldPositions({ skeleton, ...take });
}

/** The same without the first node of each frame. */
function withoutFirst(positions: Float64Array, count: number): Float64Array {
  return positions.filter((_, at) => at % (count * 3) >= 3);
}

test.each(Object.entries(DIALECTS))(
  '%s: every node stays where it was, with and without a root joint',
  (_, text) => {
    const hips = rigOf(text, 'humanik', 'hips');
    expect(farthest(rigPositions(hips.rig), hips.world)).toBeLessThan(1e-7);
    const root = rigOf(text, 'humanik', 'root');
    const count = root.rig.skeleton.names.length;
    const isAdded = root.world.length < rigPositions(root.rig).length;
    const before = isAdded ? root.world : withoutFirst(root.world, count);
    expect(farthest(withoutFirst(rigPositions(root.rig), count), before)).toBeLessThan(1e-7);
  },
);

test('a root joint on the floor that a skeleton has is steered, and no second one added', () => {
  for (const dialect of [UNREAL, DIALECTS['Rokoko Newton'], DIALECTS.HumanIK]) {
    const { rig, world } = rigOf(dialect, 'unreal', 'root');
    expect(rig.skeleton.names[0]).toBe(ROOT_JOINT);
    expect(rig.skeleton.names[1]).toBe('pelvis');
    const count = rig.skeleton.names.length;
    expect(world.length).toBe(rig.takes[0].frameCount * count * 3);
    const moved = rigPositions(rig);
    for (let at = 0; at < moved.length; at += count * 3) {
      expect(moved[at + 1]).toBe(0);
      expect(moved[at]).toBeCloseTo(moved[at + 3], 9);
      expect(moved[at + 2]).toBeCloseTo(moved[at + 5], 9);
    }
    expect([...rig.skeleton.restOffsets.subarray(0, 3)]).toEqual([0, 0, 0]);
  }
});

test('the root joint runs on the floor under the hips and turns about Y alone', () => {
  const { clip, map } = sampleSource();
  const rig = buildRig({
    name: 'body',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'unreal',
    rootMotion: 'root',
  });
  const [take] = rig.takes;
  const count = rig.skeleton.names.length;
  expect(rig.skeleton.names.slice(0, 2)).toEqual([ROOT_JOINT, 'pelvis']);
  const world = rigPositions(rig);
  for (let frame = 0; frame < take.frameCount; frame++) {
    const at = frame * count * 3;
    expect(take.localTranslations[at + 1]).toBe(0);
    expect(Math.hypot(world[at] - world[at + 3], world[at + 2] - world[at + 5])).toBeLessThan(1e-9);
    const [x, , z] = take.localRotations.subarray(frame * count * 4, frame * count * 4 + 4);
    expect(x).toBe(0);
    expect(z).toBe(0);
  }
});

test('the root joint follows a body that turns round three times, and never leaps', () => {
  const { clip, map } = walkSource(30, 4);
  const count = clip.skeleton.names.length;
  const localRotations = Float64Array.from(clip.localRotations);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    const half = (3 * Math.PI * frame) / (clip.frameCount - 1);
    localRotations.set([0, Math.sin(half), 0, Math.cos(half)], frame * count * 4);
  }
  const rig = buildRig({
    name: 'body',
    fps: 30,
    takes: [{ name: 'raw', clip: { ...clip, localRotations } }],
    map,
    names: 'as-input',
    rootMotion: 'root',
  });
  const heading = (frame: number): number => {
    const at = frame * rig.skeleton.names.length * 4;
    return 2 * Math.atan2(rig.takes[0].localRotations[at + 1], rig.takes[0].localRotations[at + 3]);
  };
  let turned = 0;
  for (let frame = 1; frame < clip.frameCount; frame++) {
    const step = heading(frame) - heading(frame - 1);
    const nearest = step - 4 * Math.PI * Math.round(step / (4 * Math.PI));
    expect(nearest).toBeGreaterThan(0);
    expect(nearest).toBeLessThan(0.3);
    turned += nearest;
  }
  // The ends of the low-pass lag behind by less than a quarter turn each.
  expect(turned).toBeGreaterThan(5 * Math.PI);
});

test('in place keeps heights and everything relative to the hips, and drops their path', () => {
  const { clip, map } = sampleSource(120);
  const rig = buildRig({
    name: 'body',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'mixamo',
    rootMotion: 'in-place',
  });
  const world = rigPositions(rig);
  const before = worldPositions(clip);
  const count = clip.skeleton.names.length;
  for (let at = 0; at < world.length; at += 3) {
    const hips = at - (at % (count * 3));
    expect(world[at + 1]).toBeCloseTo(before[at + 1], 9);
    expect(world[at]).toBeCloseTo(before[at] - before[hips], 9);
    expect(world[at + 2]).toBeCloseTo(before[at + 2] - before[hips + 2], 9);
  }
});

test('the rest pose stands on the floor with its hips above the origin', () => {
  for (const source of [sampleSource(10), walkSource()]) {
    const rig = buildRig({
      name: 'body',
      fps: 30,
      takes: [{ name: 'raw', clip: source.clip }],
      map: source.map,
      names: 'mixamo',
      rootMotion: 'hips',
    });
    const { positions } = buildRestTree(rig.skeleton);
    const hips = rig.skeleton.names.indexOf('mixamorig:Hips');
    const foot = rig.skeleton.names.indexOf('mixamorig:LeftFoot');
    expect(positions[hips * 3]).toBeCloseTo(0, 9);
    expect(positions[hips * 3 + 2]).toBeCloseTo(0, 9);
    expect(positions[foot * 3 + 1]).toBeGreaterThan(0.02);
    expect(positions[foot * 3 + 1]).toBeLessThan(0.15);
    expect(Math.min(...positions.filter((_, at) => at % 3 === 1))).toBeGreaterThan(-1e-9);
  }
});

test.each(RIG_NAMES)('names of %s are unique ASCII below 63 bytes in every dialect', (names) => {
  for (const text of Object.values(DIALECTS)) {
    const { rig } = rigOf(text, names, 'root', 3);
    expect(new Set(rig.skeleton.names).size).toBe(rig.skeleton.names.length);
    for (const name of rig.skeleton.names) expect(name).toMatch(/^[!-~]{1,62}$/);
  }
});

test('odd names of joints become plain and stay different', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 24, maxLength: 24 }), (odd) => {
      const { skeleton } = skeletonFrom(DIALECTS['Xsens MVN']);
      const { map } = matchSkeleton(skeleton);
      const named: Skeleton = { ...skeleton, names: skeleton.names.map((name, node) => odd[node] ?? name) };
      for (const names of RIG_NAMES) {
        const rig = buildRig({
          name: 'odd',
          fps: 30,
          takes: [{ name: 'raw', clip: swingingClip(named, 2) }],
          map,
          names,
          rootMotion: 'root',
        });
        expect(new Set(rig.skeleton.names).size).toBe(rig.skeleton.names.length);
        for (const name of rig.skeleton.names) expect(name).toMatch(/^[!-~]{1,62}$/);
      }
    }),
    { numRuns: 20 },
  );
});

test('a joint of its own that has a preset’s name gives way', () => {
  const { skeleton } = skeletonFrom(DIALECTS['CMU MotionBuilder-friendly']);
  // `LowerBack` is the first spine joint and becomes `Spine`; what was `Spine` moves on to `Spine1`.
  const { map } = matchSkeleton(skeleton);
  const take = {
    name: 'raw',
    clip: swingingClip(
      {
        ...skeleton,
        names: skeleton.names.map((name) =>
          name === 'LHipJoint' ? 'LeftUpLeg_2' : name === 'LeftFingerBase' ? 'Spine2' : name,
        ),
      },
      2,
    ),
  };
  const rig = buildRig({ name: 'body', fps: 30, takes: [take], map, names: 'humanik', rootMotion: 'hips' });
  const own = rig.skeleton.names[skeleton.names.indexOf('LeftFingerBase')];
  expect(own).toBe('Spine2.001');
  expect(rig.skeleton.names[skeleton.names.indexOf('Spine1')]).toBe('Spine2');
});

test('a take with positions on every joint moves them all; one without moves its root alone', () => {
  const { skeleton } = skeletonFrom(DIALECTS['Perception Neuron']);
  const { map } = matchSkeleton(skeleton);
  const clip = swingingClip(skeleton, 5);
  const shaken = {
    ...clip,
    localTranslations: clip.localTranslations.map((value, at) => value + 1e-3 * (at % 7)),
  };
  const rig = buildRig({
    name: 'body',
    fps: 30,
    takes: [
      { name: 'raw', clip },
      { name: 'shaken', clip: shaken },
    ],
    map,
    names: 'as-input',
    rootMotion: 'hips',
  });
  expect(rig.takes[0].movingNodes).toEqual([0]);
  expect(rig.takes[1].movingNodes.length).toBe(skeleton.names.length);
});

test('the clip’s own rest pose can be kept', () => {
  const { clip, map } = walkSource();
  const rig = buildRig({
    name: 'body',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'as-input',
    rootMotion: 'hips',
    keepRestPose: true,
  });
  const below = (node: number) => clip.skeleton.parents[node] !== NO_PARENT;
  expect(rig.skeleton.restOffsets.filter((_, at) => below(Math.floor(at / 3)))).toEqual(
    clip.skeleton.restOffsets.filter((_, at) => below(Math.floor(at / 3))),
  );
});

test('takes on different skeletons, or of one name, are refused', () => {
  const { clip, map } = walkSource();
  const other = swingingClip(skeletonFrom(DIALECTS.Mixamo, PLACES).skeleton);
  const request = { name: 'body', fps: 30, map, names: 'mixamo', rootMotion: 'hips' } as const;
  expect(() =>
    buildRig({
      ...request,
      takes: [
        { name: 'a', clip },
        { name: 'b', clip: other },
      ],
    }),
  ).toThrow('take b');
  expect(() =>
    buildRig({
      ...request,
      takes: [
        { name: 'a', clip },
        { name: 'a', clip },
      ],
    }),
  ).toThrow('one name');
  expect(() => buildRig({ ...request, takes: [] })).toThrow('at least one');
});
