import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { sampleBvh } from '../../test/sample-files.ts';
import { openBvh } from '../formats/open-bvh.ts';
import type { HprNetCard } from '../inference/model-card.ts';
import type { Feed, OnnxSession } from '../inference/onnx-session.ts';
import type { MotionInput } from './refine-motion.ts';
import { refineRotations } from './refine-rotations.ts';

const LENGTH = 17;
const CENTRE = 8;
const POSE = BODY17_COUNT * 3;
const QUATS = BODY17_COUNT * 4;
/** A turn per frame, radians. */
const TURN = Math.PI / 18;

/** A network that gives every window the same shares. */
function network(shares: readonly number[], seen: Float32Array[] = []) {
  const card = { name: 'hpr-net', windowLength: LENGTH } as HprNetCard;
  const run = async ({ rotations }: { readonly rotations: Feed }) => {
    const [windows, frames, joints, components] = rotations.shape;
    expect([frames, joints, components]).toEqual([LENGTH, BODY17_COUNT, 4]);
    for (let w = 0; w < windows; w++) {
      seen.push(rotations.data.slice(w * LENGTH * QUATS, (w + 1) * LENGTH * QUATS));
    }
    return { weights: Float32Array.from({ length: windows * LENGTH }, (_, at) => shares[at % LENGTH]) };
  };
  return { session: { model: { card }, run } as unknown as OnnxSession, card };
}

const UNIFORM = Array.from({ length: LENGTH }, () => 1 / LENGTH);
const CENTRE_ONLY = UNIFORM.map((_, slot) => (slot === CENTRE ? 1 : 0));

/**
 * A leg: hip, knee 0.5 m above it, an end site 0.4 m further; the head is said to lie between hip and knee. The hip goes
 * 0.1 m a frame along X and turns about Z, as far as `angle` says.
 */
function legInput(frameCount: number, angle: (frame: number) => number): MotionInput {
  const frames = Array.from({ length: frameCount }, (_, frame) => frame);
  const clip: SkeletonClip = {
    kind: 'skeleton',
    name: 'leg',
    skeleton: {
      names: ['hip', 'knee', 'knee.end'],
      parents: Int32Array.of(-1, 0, 1),
      restOffsets: Float64Array.of(0, 0, 0, 0, 0.5, 0, 0, 0.4, 0),
      isEndSite: [false, false, true],
    },
    frameCount,
    frameTime: 1 / 60,
    localRotations: Float64Array.from(
      frames.flatMap((frame) => [
        ...[0, 0, Math.sin(angle(frame) / 2), Math.cos(angle(frame) / 2)],
        ...[0, 0, 0, 1, 0, 0, 0, 1],
      ]),
    ),
    localTranslations: Float64Array.from(frames.flatMap((frame) => [frame / 10, 0, 0, 0, 0.5, 0, 0, 0.4, 0])),
  };
  const nodes: Readonly<Record<string, number>> = { pelvis: 0, rightKnee: 1, rightAnkle: 2 };
  const between = [0, 1].map((node) => ({ node, weight: 0.5 }));
  const map = BODY17_NAMES.map((name) => {
    if (name === 'head') return between;
    return name in nodes ? [{ node: nodes[name], weight: 1 }] : [];
  });
  const body17 = new Float64Array(frameCount * POSE);
  return { body17, seen: null, frameTime: 1 / 60, skeleton: { clip, map } };
}

/** A captured clip with all its joints. */
function sampleInput(frames: number): MotionInput {
  const { source, body17, frameTime } = openBvh(Buffer.from(sampleBvh(frames)), 'a.bvh', 'a', {});
  if (source.kind !== 'skeleton') throw new Error('a BVH opens as one');
  return { body17, seen: null, frameTime, skeleton: { clip: source.clip, map: source.map } };
}

function at(positions: Float64Array, frame: number, joint: number): number[] {
  return [...positions.subarray(frame * POSE + joint * 3, frame * POSE + joint * 3 + 3)];
}

function expectNear(found: readonly number[], expected: readonly number[], digits = 6): void {
  for (const [axis, value] of expected.entries()) expect(found[axis]).toBeCloseTo(value, digits);
}

test('all weight on the centre gives the clip back', async () => {
  const input = sampleInput(30);
  const refined = await refineRotations(input, network(CENTRE_ONLY), {});
  expect(refined.positions).toHaveLength(30 * POSE);
  for (const [n, value] of refined.positions.entries()) expect(value).toBeCloseTo(input.body17[n], 12);
  expect(Math.max(...refined.disagreementMm)).toBeLessThan(1e-9);
});

test('uniform weights give the mean of the quaternions of 17 frames, and of the places of the root', async () => {
  const refined = await refineRotations(
    legInput(40, (frame) => frame * TURN),
    network(UNIFORM),
    {},
  );
  // Around frame 20 the turns lie evenly to both sides of frame 20's.
  expectNear(at(refined.positions, 20, BODY17.pelvis), [2, 0, 0]);
  const angle = 20 * TURN;
  expectNear(at(refined.positions, 20, BODY17.rightKnee), [
    2 - 0.5 * Math.sin(angle),
    0.5 * Math.cos(angle),
    0,
  ]);

  // At the start the first frame is held: it counts nine times, frames 1 to 8 once.
  const held = [...Array.from({ length: 9 }, () => 0), 1, 2, 3, 4, 5, 6, 7, 8];
  const sines = held.reduce((sum, frame) => sum + Math.sin((frame * TURN) / 2), 0);
  const cosines = held.reduce((sum, frame) => sum + Math.cos((frame * TURN) / 2), 0);
  const first = 2 * Math.atan2(sines, cosines);
  expectNear(at(refined.positions, 0, BODY17.pelvis), [3.6 / 17, 0, 0]);
  expectNear(at(refined.positions, 0, BODY17.rightAnkle), [
    3.6 / 17 - 0.9 * Math.sin(first),
    0.9 * Math.cos(first),
    0,
  ]);
});

test('unequal weights pull towards their frame', async () => {
  const shares = UNIFORM.map((_, slot) => (slot === CENTRE ? 0.25 : slot === CENTRE + 1 ? 0.75 : 0));
  const refined = await refineRotations(
    legInput(40, (frame) => frame * TURN),
    network(shares),
    {},
  );
  const angle =
    2 *
    Math.atan2(
      0.25 * Math.sin(10 * TURN) + 0.75 * Math.sin(10.5 * TURN),
      0.25 * Math.cos(10 * TURN) + 0.75 * Math.cos(10.5 * TURN),
    );
  const x = 0.25 * 2 + 0.75 * 2.1;
  expectNear(at(refined.positions, 20, BODY17.rightKnee), [
    x - 0.5 * Math.sin(angle),
    0.5 * Math.cos(angle),
    0,
  ]);
});

test('a pose that stands stays, whatever the weights', async () => {
  const shares = UNIFORM.map((_, slot) => (slot + 1) / 153);
  const input = legInput(20, () => 1.2);
  input.skeleton!.clip.localTranslations.set([0.3, 0.9, -0.2], 0);
  for (let frame = 1; frame < 20; frame++) input.skeleton!.clip.localTranslations.copyWithin(frame * 9, 0, 9);
  const refined = await refineRotations(input, network(shares), {});
  for (let frame = 0; frame < 20; frame++) {
    expectNear(at(refined.positions, frame, BODY17.pelvis), [0.3, 0.9, -0.2], 12);
    expectNear(
      at(refined.positions, frame, BODY17.rightKnee),
      [0.3 - 0.5 * Math.sin(1.2), 0.9 + 0.5 * Math.cos(1.2), -0.2],
      12,
    );
  }
});

test('bone lengths stay', async () => {
  const input = sampleInput(30);
  const { positions } = await refineRotations(input, network(UNIFORM), {});
  const { rightKnee, rightAnkle } = BODY17;
  const length = (from: Float64Array, frame: number): number =>
    Math.hypot(...at(from, frame, rightKnee).map((value, axis) => value - at(from, frame, rightAnkle)[axis]));
  for (let frame = 0; frame < 30; frame++) {
    expect(length(positions, frame)).toBeCloseTo(length(input.body17, frame), 9);
  }
  // The mean of 17 frames is another pose: otherwise nothing is said.
  expect(Math.max(...positions.map((value, n) => Math.abs(value - input.body17[n])))).toBeGreaterThan(0.001);
});

test('the network reads turns from the centre frame’s, with w >= 0, and no turn where a joint has none', async () => {
  const seen: Float32Array[] = [];
  // 50 degrees a frame: the outermost of a window are more than half a turn from its centre.
  await refineRotations(
    legInput(30, (frame) => frame * 5 * TURN),
    network(UNIFORM, seen),
    {},
  );
  expect(seen).toHaveLength(30);
  const window = seen[12];
  for (let slot = 0; slot < LENGTH; slot++) {
    const half = ((slot - CENTRE) * 5 * TURN) / 2;
    const sign = Math.cos(half) < 0 ? -1 : 1;
    const pelvis = window.subarray(slot * QUATS, slot * QUATS + 4);
    expectNear([...pelvis], [0, 0, sign * Math.sin(half), sign * Math.cos(half)]);
    expect([...window.subarray(slot * QUATS + 4, (slot + 1) * QUATS)]).toEqual(
      Array.from({ length: BODY17_COUNT - 1 }, () => [0, 0, 0, 1]).flat(),
    );
  }
});

test('signs of the clip’s quaternions do not matter', async () => {
  const input = sampleInput(30);
  const { clip, map } = input.skeleton!;
  const localRotations = clip.localRotations.slice();
  for (let n = 0; n < localRotations.length; n++)
    if (Math.sin((n >> 2) * 12.9898) > 0.3) localRotations[n] *= -1;
  const flipped = { ...input, skeleton: { clip: { ...clip, localRotations }, map } };
  const [seenA, seenB]: [Float32Array[], Float32Array[]] = [[], []];
  const a = await refineRotations(input, network(UNIFORM, seenA), {});
  const b = await refineRotations(flipped, network(UNIFORM, seenB), {});
  for (const [n, value] of a.positions.entries()) expect(b.positions[n]).toBeCloseTo(value, 12);
  for (const [n, window] of seenA.entries()) expectNear([...seenB[n]], [...window], 7);
});

test('a joint that the skeleton does not have takes its parent’s place', async () => {
  const refined = await refineRotations(
    legInput(5, () => 0),
    network(UNIFORM),
    {},
  );
  expect(at(refined.positions, 2, BODY17.leftWrist)).toEqual(at(refined.positions, 2, BODY17.pelvis));
});

test('a clip of positions is refused, with the way out', async () => {
  const input: MotionInput = {
    body17: new Float64Array(POSE),
    seen: null,
    frameTime: 1 / 30,
    skeleton: null,
  };
  await expect(refineRotations(input, network(UNIFORM), {})).rejects.toMatchObject({
    code: 'usage',
    message: "'hpr-net' works on joint rotations and this clip has positions; choose posemend or synsp++",
  });
});

test('a cancel is heard before the next call, and progress counts frames', async () => {
  const controller = new AbortController();
  const done: number[] = [];
  const seen: Float32Array[] = [];
  const onProgress = (progress: { readonly done: number; readonly total: number }): void => {
    done.push(progress.done);
    expect(progress.total).toBe(300);
    if (progress.done > 0) controller.abort();
  };
  const input = legInput(300, () => 0);
  const refining = refineRotations(input, network(UNIFORM, seen), { onProgress, signal: controller.signal });
  await expect(refining).rejects.toMatchObject({ code: 'cancelled' });
  expect(done).toEqual([0, 128]);
  expect(seen).toHaveLength(128);
});
