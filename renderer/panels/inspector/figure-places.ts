import { BODY17_NAMES } from '../../../motion/skeleton/body17.ts';

/** Size of the figure's picture, in its own units. */
export const FIGURE = { width: 200, height: 216 } as const;

/** Where the joint's button stands: [x, y] from the top left. The figure faces us, so its left is on our right. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  head: [100, 14],
  neck: [100, 39],
  thorax: [100, 64],
  spine: [100, 90],
  pelvis: [100, 116],
  rightShoulder: [70, 56],
  rightElbow: [42, 72],
  rightWrist: [16, 90],
  leftShoulder: [130, 56],
  leftElbow: [158, 72],
  leftWrist: [184, 90],
  rightHip: [80, 138],
  rightKnee: [74, 170],
  rightAnkle: [70, 202],
  leftHip: [120, 138],
  leftKnee: [126, 170],
  leftAnkle: [130, 202],
};

/** By body-17 joint. */
export const FIGURE_PLACES: readonly (readonly [number, number])[] = BODY17_NAMES.map((name) => PLACES[name]);
