/**
 * Lifting as the product does it, on captured clips in front of still cameras: pose, uprightness, path and floor.
 * evaluate_mixste.py measures the network alone.
 *
 *   node bench/lifting.ts --split val --cameras 2
 */
import { parseArgs } from 'node:util';
import { type Random, seededRandom } from '../assets/samples/random.ts';
import { seeMotion } from '../motion/lift/hand-made-camera.ts';
import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { paMpjpeMm } from '../motion/metrics/pa-mpjpe.ts';
import { BODY17, BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { liftKeypoints } from '../native-model/lift/lift-keypoints.ts';
import { markdownTable } from './accuracy-tables.ts';
import { atFrameRate, loadTruth } from './mocap.ts';

const POSE = BODY17_COUNT * 3;
const WIDTH = 1000;
const FPS = 30;
/** Longer clips wander out of what a still camera sees. */
const MOST_FRAMES = 300;
/** Jitter of the keypoints, millimetres at the body. */
const JITTERS_MM = [0, 12];

const { values: options } = parseArgs({
  options: { split: { type: 'string', default: 'val' }, cameras: { type: 'string', default: '1' } },
});

const clips = (await loadTruth(options.split as 'val' | 'test')).map((clip) => atFrameRate(clip, FPS));
const rows: string[][] = [];
for (const jitter of JITTERS_MM) {
  const sums = { frames: 0, pa: 0, upright: 0, path: 0, shape: 0, floor: 0 };
  for (const [index, clip] of clips.entries()) {
    for (let camera = 0; camera < Number(options.cameras); camera++) {
      const truth = clip.body17.slice(POSE, POSE * (MOST_FRAMES + 1));
      const frames = truth.length / POSE;
      const { pixels, turned } = film(truth, seededRandom(1000 * camera + index), jitter);
      const { body17 } = await liftKeypoints({
        layout: 'h36m17',
        frameCount: frames,
        frameTime: 1 / FPS,
        positions: pixels,
        confidence: null,
        imageSize: [WIDTH, WIDTH],
      });
      const shape = { frames, joints: BODY17_COUNT };
      const { error, shapeError } = pathErrors(body17, turned);
      sums.frames += frames;
      sums.pa += frames * paMpjpeMm(body17, turned, shape);
      sums.upright += frames * mpjpeMm(body17, turned, { ...shape, root: BODY17.pelvis });
      sums.path += frames * error;
      sums.shape += frames * shapeError;
      sums.floor += frames * floorError(body17, turned);
    }
  }
  const mean = (sum: number): string => (sum / sums.frames).toFixed(1);
  rows.push([
    `${jitter} mm`,
    mean(sums.pa),
    mean(sums.upright),
    mean(sums.path),
    mean(sums.shape),
    mean(sums.floor),
  ]);
}
console.log(
  markdownTable(
    [
      'keypoint jitter',
      'PA-MPJPE mm',
      'upright MPJPE mm',
      'path error mm',
      'of its shape mm',
      'lower ankle mm',
    ],
    rows,
  ),
);

/** Pixels of a random camera, and the motion turned so that the camera looks along -Z. */
function film(
  world: Float64Array,
  random: Random,
  jitterMm: number,
): { readonly pixels: Float64Array; readonly turned: Float64Array } {
  const frames = world.length / POSE;
  const middle = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let at = axis; at < world.length; at += POSE) sum += world[at];
    return sum / frames;
  });
  let reach = 0;
  for (let at = 0; at < world.length; at += 3) {
    reach = Math.max(reach, Math.hypot(world[at] - middle[0], world[at + 2] - middle[2]));
  }
  const distance = Math.max(random.between(3, 6), reach + 1.5);
  const yaw = random.between(0, 2 * Math.PI);
  const pitch = Math.max(random.between(-0.05, 0.4), Math.asin((0.2 - middle[1]) / distance));
  const back = [Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch), Math.cos(pitch) * Math.cos(yaw)];
  const place = back.map((value, axis) => middle[axis] + distance * value) as [number, number, number];
  const focal = WIDTH * random.between(0.8, 1.8);
  const { rays, pose, root } = seeMotion(world, { place, yaw, pitch });
  const pixels = rays.map((value, at) => {
    const joint = Math.floor(at / 2);
    const depth = -(pose[joint * 3 + 2] + root[Math.floor(joint / BODY17_COUNT) * 3 + 2]);
    const seen = value + ((jitterMm / 1000) * random.gauss()) / depth;
    return WIDTH / 2 + focal * (at % 2 === 0 ? seen : -seen);
  });
  const turned = world.slice();
  for (let at = 0; at < turned.length; at += 3) {
    turned[at] = world[at] * Math.cos(yaw) - world[at + 2] * Math.sin(yaw);
    turned[at + 2] = world[at + 2] * Math.cos(yaw) + world[at] * Math.sin(yaw);
  }
  return { pixels, turned };
}

/** Mean distance between the pelvis' paths, both from their means, mm; and after the path is scaled to fit best. */
function pathErrors(
  found: Float64Array,
  truth: Float64Array,
): { readonly error: number; readonly shapeError: number } {
  const [a, b] = [found, truth].map(centredPath);
  let product = 0;
  let square = 0;
  for (const [at, value] of a.entries()) {
    product += value * b[at];
    square += value * value;
  }
  const distance = (scale: number): number => {
    let sum = 0;
    for (let at = 0; at < a.length; at += 3) {
      sum += Math.hypot(...[0, 1, 2].map((axis) => scale * a[at + axis] - b[at + axis]));
    }
    return (1000 * sum) / (a.length / 3);
  };
  return { error: distance(1), shapeError: distance(square > 0 ? product / square : 1) };
}

function centredPath(body17: Float64Array): Float64Array {
  const frames = body17.length / POSE;
  const out = Float64Array.from(
    { length: frames * 3 },
    (_, at) => body17[Math.floor(at / 3) * POSE + (at % 3)],
  );
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0;
    for (let at = axis; at < out.length; at += 3) mean += out[at] / frames;
    for (let at = axis; at < out.length; at += 3) out[at] -= mean;
  }
  return out;
}

/** How far the lower ankle of a frame is from its true height, mm; the clips' floors are at 0. */
function floorError(found: Float64Array, truth: Float64Array): number {
  let sum = 0;
  const lower = (body17: Float64Array, at: number): number =>
    Math.min(body17[at + BODY17.leftAnkle * 3 + 1], body17[at + BODY17.rightAnkle * 3 + 1]);
  for (let at = 0; at < truth.length; at += POSE) sum += Math.abs(lower(found, at) - lower(truth, at));
  return (1000 * sum) / (truth.length / POSE);
}
