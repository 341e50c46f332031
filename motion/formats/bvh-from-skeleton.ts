import type { EulerOrder } from '../math/euler.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import type { BvhDocument } from './bvh-document.ts';
import { plainNames } from './bvh-names.ts';
import { readBvh } from './bvh-read.ts';
import { formatFrameTime } from './bvh-write.ts';
import { latin1Bytes } from './text-bytes.ts';

/** Length of an End Site where the skeleton has none: a bone of no length is dropped on import. Metres. */
const TIP_METRES = 0.05;
const SHORTEST_TIP_METRES = 1e-4;

export interface NewBvhOptions {
  /** Seconds per frame. */
  readonly frameTime: number;
  readonly metresPerUnit: number;
  /** Channel order of all rotations; default ZXY. */
  readonly rotationOrder?: EulerOrder;
  /** Nodes beside the root whose translation moves: they get position channels, too. */
  readonly movingNodes?: readonly number[];
}

export interface NewBvh {
  /** Without frames; `clipToBvhMotion(document, clip, { metresPerUnit, nodeOfJoint, base: null })` makes them. */
  readonly document: BvhDocument;
  /** Node of the skeleton for each joint of the document, whose joints stand in depth-first order. */
  readonly nodeOfJoint: Int32Array;
}

/**
 * A document that the strictest importers read: ASCII names, unique and below 63 bytes; six channels on the
 * root and three rotations on every other joint that does not move; the root's OFFSET zero, so that both meanings of position
 * channels agree; an End Site with length on every leaf.
 */
export function bvhFromSkeleton(skeleton: Skeleton, options: NewBvhOptions): NewBvh {
  const { names, parents, isEndSite } = skeleton;
  const plain = plainNames(names);
  const children: number[][] = names.map(() => []);
  let root = -1;
  parents.forEach((parent, node) => {
    if (parent === NO_PARENT) {
      if (root >= 0) throw new RangeError('the skeleton has several roots, a new BVH has one');
      root = node;
    } else children[parent].push(node);
  });
  if (root < 0) throw new RangeError('the skeleton has no root');

  const nodeOfJoint: number[] = [];
  const lines = ['HIERARCHY'];
  const rotations = [...(options.rotationOrder ?? 'ZXY')].map((axis) => `${axis}rotation`).join(' ');
  const visit = (node: number, depth: number): void => {
    const indent = '\t'.repeat(depth);
    const isRoot = node === root;
    const isMoving = isRoot || options.movingNodes?.includes(node) === true;
    nodeOfJoint.push(node);
    lines.push(`${indent}${isRoot ? 'ROOT' : 'JOINT'} ${plain[node]}`, `${indent}{`);
    lines.push(
      `${indent}\tOFFSET ${isRoot ? formatOffset([0, 0, 0], options) : formatOffset(restOffset(skeleton, node), options)}`,
    );
    lines.push(`${indent}\tCHANNELS ${isMoving ? '6 Xposition Yposition Zposition' : '3'} ${rotations}`);
    const joints = children[node].filter((child) => !isEndSite[child]);
    for (const child of joints) visit(child, depth + 1);
    if (joints.length === 0) {
      const tip = formatOffset(tipOffset(skeleton, node, children[node]), options);
      lines.push(`${indent}\tEnd Site`, `${indent}\t{`, `${indent}\t\tOFFSET ${tip}`, `${indent}\t}`);
    }
    lines.push(`${indent}}`);
  };
  visit(root, 0);
  lines.push('MOTION', 'Frames: 0', `Frame Time: ${formatFrameTime(options.frameTime)}`, '');
  // Reading the text back fills in columns and positions by the same rules as for any other file.
  const document = readBvh(latin1Bytes(lines.join('\n')), 'new.bvh');
  return {
    document: { ...document, frameTime: options.frameTime },
    nodeOfJoint: Int32Array.from(nodeOfJoint),
  };
}

/** Puts a frame in rest pose, standing where the first frame stands, before the motion. */
export function prependRestFrame(document: BvhDocument, motion: Float64Array): Float64Array {
  const { channelCount, joints } = document;
  const longer = new Float64Array(motion.length + channelCount);
  longer.set(motion, channelCount);
  joints.forEach((joint) => {
    joint.channels.forEach(({ kind, axis }, index) => {
      const column = joint.firstChannel + index;
      if (kind !== 'position') return;
      const isRoot = joint.parent === NO_PARENT;
      longer[column] = isRoot ? (motion[column] ?? 0) : joint.offset[axis];
    });
  });
  return longer;
}

function restOffset({ restOffsets }: Skeleton, node: number): [number, number, number] {
  return [restOffsets[node * 3], restOffsets[node * 3 + 1], restOffsets[node * 3 + 2]];
}

/** The skeleton's own end site, else a short continuation of the bone that ends here. */
function tipOffset(skeleton: Skeleton, node: number, endSites: readonly number[]): [number, number, number] {
  for (const endSite of endSites) {
    const offset = restOffset(skeleton, endSite);
    if (Math.hypot(...offset) >= SHORTEST_TIP_METRES) return offset;
  }
  const [x, y, z] = restOffset(skeleton, node);
  const length = Math.hypot(x, y, z);
  const scale = TIP_METRES / length;
  return length < SHORTEST_TIP_METRES ? [0, TIP_METRES, 0] : [x * scale, y * scale, z * scale];
}

function formatOffset(offset: readonly number[], { metresPerUnit }: NewBvhOptions): string {
  return offset.map((value) => (value / metresPerUnit).toFixed(6).replace(/^-(0\.0*)$/, '$1')).join(' ');
}
