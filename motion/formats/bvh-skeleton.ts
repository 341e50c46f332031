import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { type AxisTurn, applyTurn, turnToYUp } from './axes.ts';
import type { BvhDocument } from './bvh-document.ts';

export interface BvhUnits {
  readonly metresPerUnit: number;
  /**
   * What a position channel means: `replace`, the whole translation from the parent, as Blender reads it
   * (default), or `add`, a translation on top of OFFSET, as three.js does.
   */
  readonly positionMode?: 'replace' | 'add';
  /** The file's up axis; default `y`. */
  readonly upAxis?: 'y' | 'z';
}

/** The turn from the file's axes to Y up. */
export function bvhTurn({ upAxis }: BvhUnits): AxisTurn {
  return turnToYUp(upAxis === 'z' ? '+z' : '+y');
}

/** The nodes of a document's chosen root. */
export interface BvhSkeleton {
  readonly skeleton: Skeleton;
  /** Node for each joint of the document; -1 for joints under another ROOT. */
  readonly nodeOfJoint: Int32Array;
}

/**
 * Joints and end sites under the document's root, in metres and Y up. Each End Site becomes a node
 * `<parent>.end` right after its joint.
 */
export function buildBvhSkeleton(document: BvhDocument, units: BvhUnits): BvhSkeleton {
  const { metresPerUnit } = units;
  if (!(metresPerUnit > 0 && Number.isFinite(metresPerUnit))) {
    throw new RangeError(`metresPerUnit must be positive, got ${metresPerUnit}`);
  }
  const { joints, root } = document;
  const nodeOfJoint = new Int32Array(joints.length).fill(-1);
  const names: string[] = [];
  const parents: number[] = [];
  const offsets: number[] = [];
  const isEndSite: boolean[] = [];
  const taken = new Set(joints.map((joint) => joint.uniqueName));
  joints.forEach((joint, index) => {
    const parent = joint.parent === NO_PARENT ? NO_PARENT : nodeOfJoint[joint.parent];
    if (index !== root && parent < 0) return;
    nodeOfJoint[index] = names.length;
    names.push(joint.uniqueName);
    parents.push(parent);
    offsets.push(...joint.offset);
    isEndSite.push(false);
    if (joint.endSite === null) return;
    let endName = `${joint.uniqueName}.end`;
    while (taken.has(endName)) endName += '.end';
    taken.add(endName);
    names.push(endName);
    parents.push(nodeOfJoint[index]);
    offsets.push(...joint.endSite.offset);
    isEndSite.push(true);
  });
  const turn = bvhTurn(units);
  const restOffsets = Float64Array.from(offsets, (value) => value * metresPerUnit);
  for (let node = 0; node < names.length; node++) applyTurn(restOffsets, node * 3, turn);
  return { skeleton: { names, parents: Int32Array.from(parents), restOffsets, isEndSite }, nodeOfJoint };
}
