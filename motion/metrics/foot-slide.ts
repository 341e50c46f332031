import { checkJoint, checkPositions, MM_PER_METRE, type PoseShape } from './pose-shape.ts';

export interface FootContactOptions {
  /** How far above its lowest level an ankle still counts as standing, metres. */
  readonly heightToleranceMetres?: number;
  /** Above this vertical speed an ankle is stepping up or down, metres per second. */
  readonly maxVerticalSpeed?: number;
}

export interface FootSlideOptions extends FootContactOptions {
  /**
   * Clip to find the contacts in, metres, same shape. Give the true or the original clip when several versions
   * are compared: a shaking ankle seldom counts as standing, which would hide its own sliding.
   */
  readonly contactPositions?: ArrayLike<number>;
}

/**
 * Foot slide, mm/frame: how far a standing ankle travels over the ground (the XZ plane) from one frame to the
 * next, averaged over all such steps of all `ankleJoints`; 0 if no ankle ever stands. A step from frame t to
 * t + 1 counts as standing where `footContactSteps` says so. Positions are metres, Y up, shape
 * [frame][joint][xyz]; `frameTime` is in seconds.
 *
 * Throws RangeError on NaN, on arrays of another size or on a joint that does not exist.
 */
export function footSlideMmPerFrame(
  positions: ArrayLike<number>,
  ankleJoints: ArrayLike<number>,
  frameTime: number,
  shape: PoseShape,
  options: FootSlideOptions = {},
): number {
  checkPositions('positions', positions, shape);
  const contactPositions = options.contactPositions ?? positions;
  let travel = 0;
  let steps = 0;
  for (let k = 0; k < ankleJoints.length; k++) {
    const ankle = ankleJoints[k];
    const contacts = footContactSteps(contactPositions, ankle, frameTime, shape, options);
    for (let frame = 0; frame < contacts.length; frame++) {
      if (contacts[frame] === 0) continue;
      const here = (frame * shape.joints + ankle) * 3;
      const there = here + shape.joints * 3;
      travel += Math.hypot(positions[there] - positions[here], positions[there + 2] - positions[here + 2]);
      steps++;
    }
  }
  return steps === 0 ? 0 : (travel / steps) * MM_PER_METRE;
}

/**
 * In which of the T - 1 steps between frames one ankle stands: 1 where at both ends of the step it is at most
 * `heightToleranceMetres` (default 0.03: a foot flat on the ground, its heel not yet off) above its lowest
 * level, and moves up or down by at most `maxVerticalSpeed` (default 0.15 m/s; a lifting ankle is faster).
 * The lowest level is the 5th percentile of the ankle's height over the clip, so that a few frames below the
 * ground do not lower it. Assumes level ground: on stairs only the lowest step counts.
 */
export function footContactSteps(
  positions: ArrayLike<number>,
  ankle: number,
  frameTime: number,
  shape: PoseShape,
  options: FootContactOptions = {},
): Uint8Array {
  checkPositions('positions', positions, shape);
  checkJoint('ankle', ankle, shape.joints);
  if (!(frameTime > 0)) throw new RangeError(`frameTime is ${frameTime}, expected seconds > 0`);
  const { heightToleranceMetres = 0.03, maxVerticalSpeed = 0.15 } = options;

  const heights = new Float64Array(shape.frames);
  for (let frame = 0; frame < shape.frames; frame++)
    heights[frame] = positions[(frame * shape.joints + ankle) * 3 + 1];
  const lowest = heights.toSorted()[Math.floor(0.05 * (shape.frames - 1))];
  const ceiling = lowest + heightToleranceMetres;

  const contacts = new Uint8Array(shape.frames - 1);
  for (let frame = 0; frame < contacts.length; frame++) {
    const isLow = heights[frame] <= ceiling && heights[frame + 1] <= ceiling;
    const isSlow = Math.abs(heights[frame + 1] - heights[frame]) <= maxVerticalSpeed * frameTime;
    contacts[frame] = isLow && isSlow ? 1 : 0;
  }
  return contacts;
}
