import fc from 'fast-check';
import { normalizeQuat, setIdentityQuat } from '../motion/math/quat.ts';
import type { SkeletonClip } from '../motion/skeleton/clip.ts';
import { solveFk } from '../motion/skeleton/fk.ts';
import { NO_PARENT, type Skeleton } from '../motion/skeleton/skeleton.ts';

/** Any pose of any tree: up to eight joints with end sites on the leaves, turned freely, the root moving. */
export function anyClip(fps: number): fc.Arbitrary<SkeletonClip> {
  const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
  const point = fc.tuple(coordinate, coordinate, coordinate);
  const shape = fc.array(fc.tuple(fc.nat(7), point), { minLength: 1, maxLength: 8 });
  const frames = fc.integer({ min: 1, max: 5 });
  return fc.tuple(shape, frames, fc.infiniteStream(coordinate)).map(([joints, frameCount, stream]) => {
    const skeleton = treeOf(joints);
    const count = skeleton.names.length;
    const next = (): number => stream.next().value as number;
    const localRotations = new Float64Array(frameCount * count * 4);
    const localTranslations = new Float64Array(frameCount * count * 3);
    for (let frame = 0; frame < frameCount; frame++) {
      localTranslations.set(skeleton.restOffsets, frame * count * 3);
      for (let axis = 0; axis < 3; axis++) localTranslations[frame * count * 3 + axis] = 3 * next();
      for (let node = 0; node < count; node++) {
        const at = (frame * count + node) * 4;
        if (!skeleton.isEndSite[node])
          for (let part = 0; part < 4; part++) localRotations[at + part] = next();
        // Squares of tiny numbers have no digits left to make a unit quaternion of.
        if (Math.hypot(...localRotations.subarray(at, at + 4)) < 1e-3) setIdentityQuat(localRotations, at);
        else normalizeQuat(localRotations, at);
      }
    }
    const times = { frameCount, frameTime: 1 / fps };
    return { kind: 'skeleton', name: 'raw', skeleton, ...times, localRotations, localTranslations };
  });
}

function treeOf(joints: readonly (readonly [number, readonly [number, number, number]])[]): Skeleton {
  const names = joints.map((_, node) => `joint ${node}`.replace(' ', '_'));
  const parents = joints.map(([above], node) => (node === 0 ? NO_PARENT : above % node));
  const offsets = joints.flatMap(([, offset]) => [...offset]);
  const isEndSite = joints.map(() => false);
  joints.forEach((_, node) => {
    if (parents.includes(node)) return;
    names.push(`${names[node]}.end`);
    parents.push(node);
    offsets.push(0, 0.1, 0);
    isEndSite.push(true);
  });
  return { names, parents: Int32Array.from(parents), restOffsets: Float64Array.from(offsets), isEndSite };
}

/** World positions by name of node, metres, one row per frame. */
export function worldPositions(clip: SkeletonClip): Map<string, number[]> {
  const { names } = clip.skeleton;
  const positions = new Float64Array(names.length * 3);
  const rotations = new Float64Array(names.length * 4);
  const rows = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, positions, rotations);
    names.forEach((name, node) => {
      rows.get(name)!.push(...positions.subarray(node * 3, node * 3 + 3));
    });
  }
  return rows;
}

/** Largest difference of any coordinate, metres; infinite where names or frame counts differ. */
export function largestDifference(found: SkeletonClip, expected: SkeletonClip): number {
  const rows = worldPositions(found);
  let largest = 0;
  for (const [name, row] of worldPositions(expected)) {
    const other = rows.get(name);
    if (other === undefined || other.length !== row.length) return Number.POSITIVE_INFINITY;
    row.forEach((value, at) => {
      largest = Math.max(largest, Math.abs(value - other[at]));
    });
  }
  return largest;
}
