/**
 * The refiner's joints: Human3.6M order with the right leg first. Indices are used across the product and by
 * the training package, through `card.json`.
 */
export const BODY17 = {
  pelvis: 0,
  rightHip: 1,
  rightKnee: 2,
  rightAnkle: 3,
  leftHip: 4,
  leftKnee: 5,
  leftAnkle: 6,
  spine: 7,
  thorax: 8,
  neck: 9,
  head: 10,
  leftShoulder: 11,
  leftElbow: 12,
  leftWrist: 13,
  rightShoulder: 14,
  rightElbow: 15,
  rightWrist: 16,
} as const;

export const BODY17_COUNT = 17;

/** Parent of each body-17 joint; -1 for the pelvis. */
export const BODY17_PARENTS: readonly number[] = [-1, 0, 1, 2, 0, 4, 5, 0, 7, 8, 9, 8, 11, 12, 8, 14, 15];

export const BODY17_NAMES: readonly string[] = [
  'pelvis',
  'rightHip',
  'rightKnee',
  'rightAnkle',
  'leftHip',
  'leftKnee',
  'leftAnkle',
  'spine',
  'thorax',
  'neck',
  'head',
  'leftShoulder',
  'leftElbow',
  'leftWrist',
  'rightShoulder',
  'rightElbow',
  'rightWrist',
];

/**
 * Which nodes of a skeleton stand for each body-17 joint. A joint's position is the weighted mean of its
 * nodes' world positions (the CMU-daz head top is the mean of the eyes); an empty list means the skeleton has
 * no such joint.
 */
export type Body17Map = readonly (readonly { readonly node: number; readonly weight: number }[])[];
