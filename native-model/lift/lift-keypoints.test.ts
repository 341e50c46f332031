import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { seeMotion } from '../../motion/lift/hand-made-camera.ts';
import { mpjpeMm } from '../../motion/metrics/mpjpe.ts';
import { paMpjpeMm } from '../../motion/metrics/pa-mpjpe.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { LAYOUTS } from '../../motion/skeleton/layouts.ts';
import { OTHER_SIDE } from '../../motion/skeleton/mirror.ts';
import { modelNames, modelsFolder } from '../inference/model-card.ts';
import { type Keypoints2d, type LiftedMotion, liftKeypoints } from './lift-keypoints.ts';

const POSE = BODY17_COUNT * 3;
const WIDTH = 1280;
const HEIGHT = 720;
/** The product assumes 1536 px for a picture of this width. */
const FOCAL = 1400;
const YAW = 0.4;
const FRAMES = 180;
const SHAPE = { frames: FRAMES, joints: BODY17_COUNT };

const model = join(modelsFolder(), 'mixste', 'model.onnx');
const isThere = existsSync(model);
if (!isThere) console.warn(`lifting is not tested: ${model} is not there`);

test('a lifter is no refiner', () => {
  expect(modelNames()).not.toContain('mixste');
});

test('a clip in which nobody is seen stays empty', async () => {
  if (!isThere) return;
  const positions = new Float64Array(2 * 17 * 2).fill(Number.NaN);
  const lifted = await liftKeypoints({ ...clip(new Float64Array(0)), frameCount: 2, positions });
  expect(lifted.body17.every(Number.isNaN)).toBe(true);
  expect(lifted.notices).toEqual(['nobody is seen in any frame']);
});

describe.skipIf(!isThere)('the shipped network on the synthetic performance, filmed from 5 m', () => {
  const truth = performance();
  const pixels = film(truth);
  let lifted: LiftedMotion;

  beforeAll(async () => {
    lifted = await liftKeypoints(clip(pixels), { device: 'cpu' });
  });

  test('poses are right to a few centimetres', () => {
    // Measured: 34.8 mm, and 42.8 mm for the upright ones below.
    expect(paMpjpeMm(lifted.body17, truth, SHAPE)).toBeLessThan(45);
  });

  test('it stands upright and faces where it faced', () => {
    // The product's world has the camera look along -Z; the figure was filmed from the side.
    const turned = turnedAboutY(truth, -YAW);
    expect(mpjpeMm(lifted.body17, turned, { ...SHAPE, root: BODY17.pelvis })).toBeLessThan(60);
  });

  test('its path is as long as it was and its feet are on the floor', () => {
    const turned = turnedAboutY(truth, -YAW);
    const ends = (motion: Float64Array): number[] =>
      [0, 2].map((axis) => motion[(FRAMES - 1) * POSE + axis] - motion[axis]);
    const [found, expected] = [ends(lifted.body17), ends(turned)];
    expect(Math.hypot(found[0] - expected[0], found[1] - expected[1])).toBeLessThan(
      0.3 * Math.hypot(...expected) + 0.3,
    );
    const ankles = lowerAnkles(lifted.body17).toSorted((a, b) => a - b);
    expect(ankles[Math.floor(0.05 * FRAMES)]).toBeGreaterThan(-0.1);
    expect(ankles[Math.floor(0.5 * FRAMES)]).toBeLessThan(0.25);
  });

  test('the mirrored film gives the mirrored motion', async () => {
    const straight = await liftKeypoints(clip(pixels.slice(0, 60 * BODY17_COUNT * 2)), { device: 'cpu' });
    const mirrored = new Float64Array(60 * BODY17_COUNT * 2);
    for (let at = 0; at < mirrored.length / 2; at++) {
      const from = at - (at % BODY17_COUNT) + OTHER_SIDE[at % BODY17_COUNT];
      mirrored[at * 2] = WIDTH - pixels[from * 2];
      mirrored[at * 2 + 1] = pixels[from * 2 + 1];
    }
    const other = await liftKeypoints(clip(mirrored), { device: 'cpu' });
    for (let at = 0; at < other.body17.length / 3; at++) {
      const from = at - (at % BODY17_COUNT) + OTHER_SIDE[at % BODY17_COUNT];
      expect(other.body17[at * 3]).toBeCloseTo(-straight.body17[from * 3], 2);
      expect(other.body17[at * 3 + 1]).toBeCloseTo(straight.body17[from * 3 + 1], 2);
      expect(other.body17[at * 3 + 2]).toBeCloseTo(straight.body17[from * 3 + 2], 2);
    }
  });

  test('says what it assumed', () => {
    expect(lifted.notices.join('\n')).toMatch(/focal length is unknown and taken as 1536 px/);
    expect(lifted.notices.join('\n')).toMatch(/average size/);
    expect(lifted.facts.map(({ name }) => name)).toContain('camera tilt');
  });

  test('COCO keypoints with confidences and frames without anybody: gaps stay gaps, the rest is whole', async () => {
    const coco = cocoOf(pixels, 90);
    coco.positions.fill(Number.NaN, 30 * 17 * 2, 36 * 17 * 2);
    const found = await liftKeypoints(coco, { device: 'cpu' });
    for (let frame = 0; frame < 90; frame++) {
      const pose = found.body17.subarray(frame * POSE, (frame + 1) * POSE);
      const isGap = frame >= 30 && frame < 36;
      expect(pose.every((value) => Number.isNaN(value) === isGap)).toBe(true);
    }
    expect(found.derived[BODY17.thorax]).toBe(true);
    expect(found.derived[BODY17.leftKnee]).toBe(false);
    expect(found.notices.join('\n')).toMatch(/nobody is seen in 6 of 90 frames/);
  });

  test.each([1, 2, 7])('a clip of %i frames is lifted whole and upright', async (frames) => {
    const short = pixels.slice(0, frames * BODY17_COUNT * 2);
    const { body17 } = await liftKeypoints(clip(short), { device: 'cpu' });
    expect(body17.length).toBe(frames * POSE);
    for (let at = 0; at < body17.length; at += POSE) {
      expect(body17[at + BODY17.head * 3 + 1] - body17[at + BODY17.leftAnkle * 3 + 1]).toBeGreaterThan(1);
      expect(Math.abs(body17[at + BODY17.leftAnkle * 3 + 1])).toBeLessThan(0.4);
    }
  });

  test('can be cancelled', async () => {
    const controller = new AbortController();
    const options = {
      signal: controller.signal,
      onProgress: () => controller.abort(),
      device: 'cpu',
    } as const;
    await expect(liftKeypoints(clip(pixels), options)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** Metres, Y up, [frame][17][xyz]. */
function performance(): Float64Array {
  const file = new URL('../../assets/samples/performance-clean.npy', import.meta.url);
  const { data } = readNpy(readFileSync(file), 'performance-clean.npy');
  return Float64Array.from(data.slice(0, FRAMES * POSE));
}

/** Pixels of a still camera in front of the performance, a little above it, [frame][17][xy]. */
function film(world: Float64Array): Float64Array {
  const middle = [0, 2].map((axis) => {
    let sum = 0;
    for (let at = axis; at < world.length; at += POSE) sum += world[at] / FRAMES;
    return sum;
  });
  const pitch = 0.15;
  const place = [middle[0] + 5 * Math.sin(YAW), 1.7, middle[1] + 5 * Math.cos(YAW)] as const;
  const { rays } = seeMotion(world, { place, yaw: YAW, pitch });
  return rays.map((value, at) => (at % 2 === 0 ? WIDTH / 2 + FOCAL * value : HEIGHT / 2 - FOCAL * value));
}

function clip(positions: Float64Array): Keypoints2d {
  return {
    layout: 'h36m17',
    frameCount: positions.length / (BODY17_COUNT * 2),
    frameTime: 1 / 30,
    positions,
    confidence: null,
    imageSize: [WIDTH, HEIGHT],
  };
}

/** The first frames as COCO's keypoints; eyes, ears and nose are put on the line from thorax to head. */
function cocoOf(positions: Float64Array, frameCount: number): Keypoints2d {
  const { names } = LAYOUTS.coco17;
  const out = new Float64Array(frameCount * names.length * 2);
  for (let at = 0; at < out.length / 2; at++) {
    const frame = Math.floor(at / names.length);
    const joint = BODY17[names[at % names.length] as keyof typeof BODY17];
    for (let axis = 0; axis < 2; axis++) {
      const place = (other: number): number => positions[(frame * BODY17_COUNT + other) * 2 + axis];
      out[at * 2 + axis] =
        joint === undefined ? (place(BODY17.thorax) + 2 * place(BODY17.head)) / 3 : place(joint);
    }
  }
  const confidence = new Float64Array(frameCount * names.length).fill(0.8);
  return { ...clip(positions), layout: 'coco17', frameCount, positions: out, confidence };
}

function turnedAboutY(motion: Float64Array, yaw: number): Float64Array {
  const out = motion.slice();
  for (let at = 0; at < out.length; at += 3) {
    out[at] = motion[at] * Math.cos(yaw) + motion[at + 2] * Math.sin(yaw);
    out[at + 2] = motion[at + 2] * Math.cos(yaw) - motion[at] * Math.sin(yaw);
  }
  return out;
}

function lowerAnkles(body17: Float64Array): number[] {
  return Array.from({ length: body17.length / POSE }, (_, frame) =>
    Math.min(
      body17[frame * POSE + BODY17.leftAnkle * 3 + 1],
      body17[frame * POSE + BODY17.rightAnkle * 3 + 1],
    ),
  );
}
