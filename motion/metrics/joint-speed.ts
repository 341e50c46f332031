/**
 * How fast joints move and how they shake, frame by frame, as curves to look at. Positions are metres, shape
 * [frame][joint][xyz]; NaN where a joint was not seen. Frames without a value are NaN: nothing is made up at the ends.
 */
import { checkJoint, MM_PER_METRE } from './pose-shape.ts';

/**
 * Speed of one joint in the world, m/s: v_t = |p_t - p_(t-1)| / frameTime, so a joint that trembles from frame to frame
 * shows (a central difference would hide it). Frame 0 is NaN, and so is a frame if the joint is unseen in it or before.
 *
 * @param frameTime seconds per frame
 * Throws RangeError on an array that is no whole number of frames, a joint outside it or a frame time not above 0.
 */
export function jointSpeedMPerS(
  positions: ArrayLike<number>,
  joints: number,
  joint: number,
  frameTime: number,
): Float32Array {
  const frames = frameCountOf(positions, joints);
  checkJoint('joint', joint, joints);
  checkFrameTime(frameTime);
  const speeds = new Float32Array(frames).fill(Number.NaN);
  for (let frame = 1; frame < frames; frame++) {
    speeds[frame] = stepMetres(positions, joints, frame, joint) / frameTime;
  }
  return speeds;
}

/** Mean over the joints seen in both frames of `jointSpeedMPerS`; NaN where none is. */
export function meanSpeedMPerS(
  positions: ArrayLike<number>,
  joints: number,
  frameTime: number,
): Float32Array {
  checkFrameTime(frameTime);
  return meanOverJoints(positions, joints, 1, 0, 1 / frameTime, stepMetres);
}

/**
 * Size of one joint's second difference in the world, mm/frame^2: |p_(t+1) - 2 p_t + p_(t-1)|. Not divided by the frame
 * time squared, as Accel in `accel-error.ts`; here it stands at the middle of the three frames. The first and the last
 * frame are NaN, and so is every frame whose three positions are not all seen.
 *
 * Throws RangeError on an array that is no whole number of frames or a joint outside it.
 */
export function jointAccelMmPerFrame2(
  positions: ArrayLike<number>,
  joints: number,
  joint: number,
): Float32Array {
  const frames = frameCountOf(positions, joints);
  checkJoint('joint', joint, joints);
  const accels = new Float32Array(frames).fill(Number.NaN);
  for (let frame = 1; frame < frames - 1; frame++) {
    accels[frame] = bendMetres(positions, joints, frame, joint) * MM_PER_METRE;
  }
  return accels;
}

/** Mean over the joints seen in all three frames of `jointAccelMmPerFrame2`; NaN where none is. */
export function meanAccelMmPerFrame2(positions: ArrayLike<number>, joints: number): Float32Array {
  return meanOverJoints(positions, joints, 1, 1, MM_PER_METRE, bendMetres);
}

type Measure = (positions: ArrayLike<number>, joints: number, frame: number, joint: number) => number;

/** `before` and `after`: frames a measure looks back and ahead. */
function meanOverJoints(
  positions: ArrayLike<number>,
  joints: number,
  before: number,
  after: number,
  unit: number,
  measure: Measure,
): Float32Array {
  const frames = frameCountOf(positions, joints);
  const means = new Float32Array(frames).fill(Number.NaN);
  for (let frame = before; frame < frames - after; frame++) {
    let sum = 0;
    let seen = 0;
    for (let joint = 0; joint < joints; joint++) {
      const metres = measure(positions, joints, frame, joint);
      if (Number.isNaN(metres)) continue;
      sum += metres;
      seen++;
    }
    // Without a joint seen, 0 / 0 is the NaN that says so.
    means[frame] = (sum / seen) * unit;
  }
  return means;
}

function stepMetres(positions: ArrayLike<number>, joints: number, frame: number, joint: number): number {
  const at = (frame * joints + joint) * 3;
  const before = at - joints * 3;
  const x = positions[at] - positions[before];
  const y = positions[at + 1] - positions[before + 1];
  const z = positions[at + 2] - positions[before + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

function bendMetres(positions: ArrayLike<number>, joints: number, frame: number, joint: number): number {
  const at = (frame * joints + joint) * 3;
  const step = joints * 3;
  const x = positions[at + step] - 2 * positions[at] + positions[at - step];
  const y = positions[at + step + 1] - 2 * positions[at + 1] + positions[at - step + 1];
  const z = positions[at + step + 2] - 2 * positions[at + 2] + positions[at - step + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

function frameCountOf(positions: ArrayLike<number>, joints: number): number {
  const frames = positions.length / (joints * 3);
  if (Number.isInteger(frames)) return frames;
  throw new RangeError(`${positions.length} numbers are no whole frames of ${joints} joints xyz`);
}

function checkFrameTime(frameTime: number): void {
  if (!(frameTime > 0)) throw new RangeError(`frameTime is ${frameTime}, expected seconds > 0`);
}
