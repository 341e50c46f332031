import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { samplePositions } from '../../test/sample-files.ts';
import type { PosemendCard } from '../inference/model-card.ts';
import type { Feed, OnnxSession } from '../inference/onnx-session.ts';
import type { PoseStore } from '../pvd/pose-store.ts';
import type { MotionInput } from './refine-motion.ts';
import { refineSequence } from './refine-sequence.ts';
import { sequenceReferences } from './sequence-references.ts';

const POSE = BODY17_COUNT * 3;
const CARD = {
  targetFps: 30,
  lowPass: 0.8,
  settleSigma: 0,
  windowLength: 24,
  stride: 12,
  references: { windowLength: 8, stride: 4, count: 2 },
} as PosemendCard;

type Feeds = Readonly<Record<string, Feed>>;

/** A network that adds `shift` metres to every coordinate; keeps what it was fed. */
function network(shift = 0, calls: Feeds[] = []) {
  const run = async (feeds: Feeds) => {
    calls.push(
      Object.fromEntries(
        Object.entries(feeds).map(([name, { data, shape }]) => [
          name,
          {
            data: data.slice(
              0,
              shape.reduce((product, length) => product * length, 1),
            ),
            shape,
          },
        ]),
      ),
    );
    const [count, T] = feeds.window.shape;
    const constant = (size: number, value: number) => new Float32Array(count * T * size).fill(value);
    return {
      final: feeds.window.data.slice(0, count * T * POSE).map((value) => value + shift),
      disagreement: constant(BODY17_COUNT, 0.004),
      before: constant(BODY17_COUNT, 0.03),
      after: constant(BODY17_COUNT, 0.01),
      surprise: constant(1, 1.5),
    };
  };
  return { session: { model: { card: CARD }, run } as unknown as OnnxSession, card: CARD };
}

/** Shaking by `metres`, far from the origin, so that the network's answer is taken as it is. */
function shaking(frames: number, fps: number, metres = 0.05): MotionInput {
  const body17 = Float64Array.from(samplePositions(frames));
  for (let at = 0; at < body17.length; at++) body17[at] += 500 + metres * Math.sin(at * 12.9898 + at * at);
  return { body17, seen: null, frameTime: 1 / fps, skeleton: null };
}

const NO_LIBRARY = { store: null, rules: {} };

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}

test.each([1, 7, 24, 25, 100])('a network that changes nothing gives %i frames back', async (frames) => {
  const input = shaking(frames, 30);
  const refined = await refineSequence(input, network(), NO_LIBRARY, {});
  expect(worst(refined.positions, input.body17)).toBeLessThan(1e-6);
});

test('what the network answers is what comes out, averaged over chunks', async () => {
  const input = shaking(100, 30);
  const refined = await refineSequence(input, network(0.2), NO_LIBRARY, {});
  expect(
    worst(
      refined.positions,
      input.body17.map((value) => value + 0.2),
    ),
  ).toBeLessThan(1e-5);
});

test('what the network says of itself comes out in millimetres, frame by frame', async () => {
  const refined = await refineSequence(shaking(50, 30), network(), NO_LIBRARY, {});
  expect(worst(refined.disagreementMm, new Float64Array(50 * BODY17_COUNT).fill(4))).toBeLessThan(1e-4);
  expect(worst(refined.errorsMm!.before, new Float64Array(50 * BODY17_COUNT).fill(30))).toBeLessThan(1e-4);
  expect(worst(refined.errorsMm!.after, new Float64Array(50 * BODY17_COUNT).fill(10))).toBeLessThan(1e-4);
  expect(worst(refined.surprise!, new Float64Array(50).fill(1.5))).toBeLessThan(1e-6);
});

test('behind a low-pass, what it takes out counts as error of the input', async () => {
  const { errorsMm } = await refineSequence(shaking(121, 120, 0.05), network(), NO_LIBRARY, {});
  expect(errorsMm!.before[60 * BODY17_COUNT + BODY17.leftWrist]).toBeGreaterThan(35);
  // The pelvis is what errors are measured against.
  expect(errorsMm!.before[60 * BODY17_COUNT + BODY17.pelvis]).toBeCloseTo(30, 3);
});

test('a short clip fills its chunk with frames that count as not seen', async () => {
  const calls: Feeds[] = [];
  await refineSequence(shaking(10, 30), network(0, calls), NO_LIBRARY, {});
  const { valid, window, known } = calls[0];
  expect([...valid.data.subarray(0, 10 * BODY17_COUNT)].every((value) => value === 1)).toBe(true);
  expect([...valid.data.subarray(10 * BODY17_COUNT)].every((value) => value === 0)).toBe(true);
  expect(window.data[23 * POSE]).toBe(window.data[9 * POSE]);
  expect([...known.data]).toEqual([0]);
});

test('joints that were filled in are marked, and do not shape the bone lengths', async () => {
  const input = shaking(40, 30, 0.0);
  const seen = new Uint8Array(40 * BODY17_COUNT).fill(1);
  for (let frame = 0; frame < 40; frame++) {
    if (frame < 30) seen[frame * BODY17_COUNT + BODY17.leftWrist] = 0;
    seen[frame * BODY17_COUNT + BODY17.head] = 0;
    if (frame < 30) input.body17[(frame * BODY17_COUNT + BODY17.leftWrist) * 3] += 9;
  }
  const calls: Feeds[] = [];
  await refineSequence({ ...input, seen }, network(0, calls), NO_LIBRARY, {});
  const { bones, valid } = calls[0];
  expect(bones.data[BODY17.leftWrist - 1]).toBeLessThan(0.5);
  expect(bones.data[BODY17.head - 1]).toBe(0);
  expect(valid.data[BODY17.leftWrist]).toBe(0);
  expect(valid.data[BODY17.leftElbow]).toBe(1);
});

test('the time step is in thirtieths of a second', async () => {
  for (const [fps, expected] of [
    [30, [1, 1]],
    [120, [1, 0.25]],
    [24, [1.25, 1.25]],
    [50, [1.2, 0.6]],
  ] as const) {
    const calls: Feeds[] = [];
    await refineSequence(shaking(30, fps), network(0, calls), NO_LIBRARY, {});
    expect(calls[0].step.data[0]).toBeCloseTo(expected[0], 5);
    expect(calls[0].step.data[1]).toBeCloseTo(expected[1], 5);
  }
});

test('above the grid rate the mirror image is looked at too, and both sides are averaged', async () => {
  const input = shaking(97, 120);
  const straight = await refineSequence(input, network(), NO_LIBRARY, {});
  const calls: Feeds[] = [];
  const { session, card } = network(0, calls);
  // Moves the left wrist, whichever way round the body is shown.
  const run = async (feeds: Feeds) => {
    const outputs = await session.run(feeds);
    for (let at = BODY17.leftWrist * 3; at < outputs.final.length; at += POSE) outputs.final[at + 1] += 0.3;
    return outputs;
  };
  const handed = { session: { ...session, run } as unknown as OnnxSession, card };
  const refined = await refineSequence(input, handed, NO_LIBRARY, {});
  for (const [joint, metres] of [
    [BODY17.leftWrist, 0.15],
    [BODY17.rightWrist, 0.15],
    [BODY17.head, 0],
  ]) {
    const at = (40 * BODY17_COUNT + joint) * 3 + 1;
    expect(refined.positions[at] - straight.positions[at]).toBeCloseTo(metres, 4);
  }
  // The second half of the batch: x turned round, sides exchanged, bones with them.
  const { window, bones } = calls[0];
  const second = window.data.length / 2;
  expect(window.data[second + BODY17.leftWrist * 3]).toBeCloseTo(-window.data[BODY17.rightWrist * 3], 5);
  expect(bones.data[bones.data.length / 2 + BODY17.leftElbow - 1]).toBe(bones.data[BODY17.rightElbow - 1]);
});

test('a cancel is heard', async () => {
  const stop = new AbortController();
  stop.abort();
  const refining = refineSequence(shaking(50, 30), network(), NO_LIBRARY, { signal: stop.signal });
  await expect(refining).rejects.toMatchObject({ code: 'cancelled' });
});

/** A store that answers every query with the given windows, nearest first, and -1 where there are fewer. */
function storeOf(windows: readonly Float32Array[]): PoseStore {
  return {
    searchMany: (_: Float32Array, n: number, k: number) => ({
      ids: Int32Array.from({ length: n * k }, (_, at) => (at % k < windows.length ? at % k : -1)),
      distances: Float32Array.from({ length: n * k }, (_, at) => 1 + (at % k)),
    }),
    window: (id: number) => windows[id],
  } as unknown as PoseStore;
}

test('the clip itself as the only entry is laid exactly onto the clip', async () => {
  const { body17 } = shaking(8, 30, 0);
  const found = await sequenceReferences(
    body17,
    8,
    1,
    CARD,
    storeOf([Float32Array.from(body17, (v) => v - 500)]),
    {},
    async () => {},
  );
  expect(worst(found.reference, body17)).toBeLessThan(1e-4);
  expect(Math.max(...found.spread)).toBeLessThan(1e-6);
  expect([...found.distance]).toEqual(new Array(8).fill(1));
  expect([...found.known]).toEqual(new Array(8).fill(1));
});

test('two entries give their mean, their spread and their mean distance', async () => {
  const { body17 } = shaking(8, 30, 0);
  const moved = (metres: number) => {
    const window = Float32Array.from(body17, (value) => value - 500);
    for (let frame = 0; frame < 8; frame++) {
      window[(frame * BODY17_COUNT + BODY17.leftWrist) * 3] += metres;
    }
    return window;
  };
  const found = await sequenceReferences(
    body17,
    8,
    1,
    CARD,
    storeOf([moved(0.1), moved(-0.1)]),
    {},
    async () => {},
  );
  const wrist = BODY17.leftWrist;
  // The similarity spreads a little of the change over the body.
  expect(found.spread[wrist]).toBeGreaterThan(0.08);
  expect(found.spread[wrist]).toBeLessThan(0.11);
  expect(Math.abs(found.reference[wrist * 3] - body17[wrist * 3])).toBeLessThan(0.01);
  expect(found.distance[0]).toBe(1.5);
});

test('where no entry may answer there is no reference', async () => {
  const { body17 } = shaking(20, 30);
  const found = await sequenceReferences(body17, 20, 1, CARD, storeOf([]), {}, async () => {});
  expect([...found.known]).toEqual(new Array(20).fill(0));
  expect([...found.windows.ids].every((id) => id === -1)).toBe(true);
  const calls: Feeds[] = [];
  await refineSequence(shaking(20, 30), network(0, calls), { store: storeOf([]), rules: {} }, {});
  expect([...calls[0].known.data]).toEqual([0]);
});
