import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { solveFk } from '../../motion/skeleton/fk.ts';
import { layoutToBody17 } from '../../motion/skeleton/layout-to-body17.ts';
import { LAYOUTS, type LayoutName } from '../../motion/skeleton/layouts.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { drawnPositions2d } from './drawn-positions-2d.ts';
import { withGaps } from './frame-gaps.ts';
import type { OpenedClip } from './open-clip.ts';

/** What of a clip is drawn: joints and the lines between them. */
export interface JointDrawing {
  readonly names: readonly string[];
  /** Pairs of joint indices. */
  readonly bones: readonly (readonly [number, number])[];
  /** Which drawn joint stands for each body-17 joint; -1 where none does or it lies between several. */
  readonly body17: readonly number[];
}

/** Every node of a BVH, end sites included; the layout's joints of an array. */
export function jointDrawing({ source }: OpenedClip): JointDrawing {
  if (source.kind === 'positions') {
    const { weights } = layoutToBody17(source.layout);
    const { names } = LAYOUTS[source.layout];
    return {
      names,
      bones: layoutBones(source.layout),
      body17: weights.map((blend) => (blend.length === 1 ? blend[0].joint : -1)),
    };
  }
  const { names, parents } = source.clip.skeleton;
  return {
    names,
    bones: linesToParents(parents),
    body17: source.map.map((blend) => (blend.length === 1 ? blend[0].node : -1)),
  };
}

/**
 * Where the joints of `jointDrawing` are, with a result or, with null, as opened. Metres, Y up,
 * [frame][joint][xyz]; NaN where a joint was not seen. 2D clips stand upright in the plane z = 0, at the size of
 * a person.
 */
export function drawnPositions(clip: OpenedClip, result: SolvedResult | null): Float32Array {
  const { source } = clip;
  if (source.kind === 'skeleton') {
    const { names } = source.clip.skeleton;
    return withGaps(nodePositions(result?.skeletonClip ?? source.clip), clip.gaps, names.length);
  }
  const positions = result?.layoutPositions ?? source.positions;
  if (clip.dimensions === 3) return Float32Array.from(positions);
  return drawnPositions2d(positions, source.positions, source.layout);
}

/** World positions of all nodes; two arrays of one frame are all that it allocates beside the result. */
function nodePositions(clip: SkeletonClip): Float32Array {
  const nodeCount = clip.skeleton.names.length;
  const positions = new Float64Array(nodeCount * 3);
  const rotations = new Float64Array(nodeCount * 4);
  const out = new Float32Array(clip.frameCount * nodeCount * 3);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, positions, rotations);
    out.set(positions, frame * nodeCount * 3);
  }
  return out;
}

/** Lines that make a body of joints whose parents the layout does not hold. */
const TRUNK_LINES = [
  ['leftHip', 'rightHip'],
  ['leftShoulder', 'leftHip'],
  ['rightShoulder', 'rightHip'],
] as const;
const SHOULDER_LINES = [['leftShoulder', 'rightShoulder']] as const;
/** As COCO's own drawings hang the head. */
const HEAD_LINES = [
  ['leftEar', 'leftShoulder'],
  ['rightEar', 'rightShoulder'],
] as const;

function layoutBones(layout: LayoutName): (readonly [number, number])[] {
  const { names, parents } = LAYOUTS[layout];
  const isLoose = (name: string) => names.includes(name) && parents[names.indexOf(name)] < 0;
  const extra = [
    ...(isLoose('leftHip') ? TRUNK_LINES : []),
    ...(isLoose('leftShoulder') ? SHOULDER_LINES : []),
    ...(isLoose('nose') ? HEAD_LINES : []),
  ];
  const extraBones = extra.map(([from, to]) => [names.indexOf(from), names.indexOf(to)] as const);
  return [...linesToParents(parents), ...extraBones];
}

function linesToParents(parents: ArrayLike<number>): (readonly [number, number])[] {
  return Array.from(parents).flatMap((parent, joint) => (parent < 0 ? [] : [[parent, joint] as const]));
}
