/** The performer: an adult of 1.72 m on a skeleton with HumanIK names, T-pose rest, facing +Z. */
import type { Body17Map } from '../../motion/skeleton/body17.ts';
import { NO_PARENT, type Skeleton } from '../../motion/skeleton/skeleton.ts';

/** Lengths the legs are solved with, metres. */
export const THIGH = 0.42;
export const SHANK = 0.405;
/** From the hips' centre to a hip joint: sideways, and down. */
export const HIP_ASIDE = 0.095;
export const HIP_BELOW = 0.04;
/** Ankle above the sole; ball of the foot and back of the heel relative to the ankle (y, z). */
export const ANKLE_HEIGHT = 0.085;
export const BALL: readonly [number, number] = [-0.065, 0.135];
export const HEEL: readonly [number, number] = [-0.085, -0.05];

type Node = readonly [name: string, parent: string, offset: readonly [number, number, number]];

const SPINE_NODES: readonly Node[] = [
  ['Hips', '', [0, 0, 0]],
  ['Spine', 'Hips', [0, 0.08, -0.01]],
  ['Spine1', 'Spine', [0, 0.13, -0.005]],
  ['Spine2', 'Spine1', [0, 0.13, 0]],
  ['Neck', 'Spine2', [0, 0.14, 0]],
  ['Head', 'Neck', [0, 0.1, 0.02]],
  ['Head.end', 'Head', [0, 0.18, 0.01]],
];

export const RIG: Skeleton = buildRig([...SPINE_NODES, ...limbs('Left', 1), ...limbs('Right', -1)]);

export const RIG_INDEX: Readonly<Record<string, number>> = Object.fromEntries(
  RIG.names.map((name, joint) => [name, joint]),
);

/** Which nodes stand for the body-17 joints, in its order. */
export const RIG_BODY17: Body17Map = [
  'Hips',
  ...['UpLeg', 'Leg', 'Foot'].map((name) => `Right${name}`),
  ...['UpLeg', 'Leg', 'Foot'].map((name) => `Left${name}`),
  ...['Spine', 'Neck', 'Head', 'Head.end'],
  ...['Arm', 'ForeArm', 'Hand'].map((name) => `Left${name}`),
  ...['Arm', 'ForeArm', 'Hand'].map((name) => `Right${name}`),
].map((name) => [{ node: RIG_INDEX[name], weight: 1 }]);

function limbs(side: 'Left' | 'Right', sign: 1 | -1): readonly Node[] {
  const name = (joint: string) => `${side}${joint}`;
  return [
    [name('Shoulder'), 'Spine2', [sign * 0.035, 0.1, 0]],
    [name('Arm'), name('Shoulder'), [sign * 0.135, -0.01, 0]],
    [name('ForeArm'), name('Arm'), [sign * 0.275, 0, 0]],
    [name('Hand'), name('ForeArm'), [sign * 0.255, 0, 0]],
    [name('Hand.end'), name('Hand'), [sign * 0.17, 0, 0]],
    [name('UpLeg'), 'Hips', [sign * HIP_ASIDE, -HIP_BELOW, 0]],
    [name('Leg'), name('UpLeg'), [0, -THIGH, 0]],
    [name('Foot'), name('Leg'), [0, -SHANK, 0]],
    [name('ToeBase'), name('Foot'), [0, ...BALL]],
    [name('ToeBase.end'), name('ToeBase'), [0, -0.005, 0.07]],
  ];
}

function buildRig(nodes: readonly Node[]): Skeleton {
  const names = nodes.map(([name]) => name);
  return {
    names,
    parents: Int32Array.from(nodes, ([, parent]) => (parent === '' ? NO_PARENT : names.indexOf(parent))),
    restOffsets: Float64Array.from(nodes.flatMap(([, , offset]) => offset)),
    isEndSite: names.map((name) => name.endsWith('.end')),
  };
}
