import { expect, test } from 'vitest';
import type { SkeletonClip } from '../skeleton/clip.ts';
import type { Skeleton } from '../skeleton/skeleton.ts';
import { bvhToClip, clipToBvhMotion } from './bvh-clip.ts';
import { bvhFromSkeleton, prependRestFrame } from './bvh-from-skeleton.ts';
import { readBvh } from './bvh-read.ts';
import { writeBvh } from './bvh-write.ts';
import { latin1Text } from './text-bytes.ts';

/** Breadth-first, so that the depth-first order of the file differs. */
const SKELETON: Skeleton = {
  names: ['hips', 'left leg', 'right leg', 'left leg', 'Füße rechts', 'left leg.end', 'zero.end'],
  parents: Int32Array.of(-1, 0, 0, 1, 2, 3, 4),
  restOffsets: Float64Array.of(0, 1, 0, 0.1, 0, 0, -0.1, 0, 0, 0, -0.4, 0, 0, -0.5, 0, 0, -0.2, 0, 0, 0, 0),
  isEndSite: [false, false, false, false, false, true, true],
};

const OPTIONS = { frameTime: 1 / 120, metresPerUnit: 0.01 };

test('a new file keeps to what every importer reads', () => {
  const { document, nodeOfJoint } = bvhFromSkeleton(SKELETON, OPTIONS);
  expect([...nodeOfJoint]).toEqual([0, 1, 3, 2, 4]);
  expect(document.warnings).toEqual([]);
  const bytes = writeBvh(document);
  expect(latin1Text(bytes, 0, bytes.length)).toBe(`HIERARCHY
ROOT hips
{
	OFFSET 0.000000 0.000000 0.000000
	CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
	JOINT left_leg
	{
		OFFSET 10.000000 0.000000 0.000000
		CHANNELS 3 Zrotation Xrotation Yrotation
		JOINT left_leg.001
		{
			OFFSET 0.000000 -40.000000 0.000000
			CHANNELS 3 Zrotation Xrotation Yrotation
			End Site
			{
				OFFSET 0.000000 -20.000000 0.000000
			}
		}
	}
	JOINT right_leg
	{
		OFFSET -10.000000 0.000000 0.000000
		CHANNELS 3 Zrotation Xrotation Yrotation
		JOINT Fu_e_rechts
		{
			OFFSET 0.000000 -50.000000 0.000000
			CHANNELS 3 Zrotation Xrotation Yrotation
			End Site
			{
				OFFSET 0.000000 -5.000000 0.000000
			}
		}
	}
}
MOTION
Frames: 0
Frame Time: 0.0083333333
`);
});

test('a clip written on it comes back with the same rotations at the same joints', () => {
  const half = Math.PI / 8;
  const localRotations = new Float64Array(2 * 7 * 4);
  for (let at = 3; at < localRotations.length; at += 4) localRotations[at] = 1;
  localRotations.set([Math.sin(half), 0, 0, Math.cos(half)], (1 * 7 + 4) * 4); // frame 1, right foot
  const localTranslations = new Float64Array([...SKELETON.restOffsets, ...SKELETON.restOffsets]);
  const base = {
    kind: 'skeleton',
    name: 'test',
    skeleton: SKELETON,
    frameCount: 2,
    frameTime: 1 / 120,
  } as const;
  const clip: SkeletonClip = { ...base, localRotations, localTranslations };
  const { document, nodeOfJoint } = bvhFromSkeleton(SKELETON, { ...OPTIONS, rotationOrder: 'XYZ' });
  const motion = clipToBvhMotion(document, clip, { ...OPTIONS, nodeOfJoint, base: null });
  const again = readBvh(writeBvh(document, motion), 'again.bvh');
  expect(again).toMatchObject({ frameCount: 2, frameTime: 0.0083333333, warnings: [] });
  // Row: six of the hips, then left leg, left foot, right leg, right foot.
  const foot = 6 + 3 * 3;
  expect([...again.motion.slice(18, 18 + 6)]).toEqual([0, 100, 0, 0, 0, 0]);
  expect([...again.motion.slice(18 + foot)]).toEqual([45, 0, 0]);
  expect(bvhToClip(again, OPTIONS).clip.skeleton.names[5]).toBe('Fu_e_rechts');
});

test('long names are cut below 63 bytes and stay unique', () => {
  const long = 'x'.repeat(80);
  const { document } = bvhFromSkeleton(
    { ...SKELETON, names: [long, long, `${long}y`, ' ', '{', 'a', 'b'] },
    OPTIONS,
  );
  const names = document.joints.map((joint) => joint.name);
  expect(new Set(names).size).toBe(5);
  for (const name of names) expect(name).toMatch(/^[\x21-\x7e]{1,62}$/);
});

test('a rest frame can be put first, standing where the motion starts', () => {
  const { document } = bvhFromSkeleton(SKELETON, OPTIONS);
  const motion = Float64Array.from({ length: document.channelCount }, (_, channel) => channel + 1);
  const longer = prependRestFrame(document, motion);
  expect([...longer.slice(0, 8)]).toEqual([1, 2, 3, 0, 0, 0, 0, 0]);
  expect([...longer.slice(document.channelCount)]).toEqual([...motion]);
});
