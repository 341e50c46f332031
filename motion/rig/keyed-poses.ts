import { multiplyQuat, rotateVec3 } from '../math/quat.ts';
import { distanceVec3 } from '../math/vec3.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import type { RigTake } from './rig.ts';

/** How a format gets from one key of a joint's rotation to the next. */
export interface RotationCurves {
  /** Writes the rotation of `node`, quaternion xyzw, `amount` (0..1) of the way between two frames that are keys. */
  sample(out: Float64Array, o: number, node: number, from: number, to: number, amount: number): void;
}

/** Frames kept as keys, [node]; rising, first and last included. */
export interface TakeKeys {
  readonly rotationKeys: Int32Array[];
  /** null for nodes that do not move. */
  readonly translationKeys: (Int32Array | null)[];
}

/** Solves a take from some of its keys and compares it with the whole of it. */
export class KeyedPoses {
  /** The frame in which each node was off most, at the last call of `worstErrors`. */
  readonly worstFrames: Int32Array;
  private readonly skeleton: Skeleton;
  private readonly take: RigTake;
  private readonly ways: readonly RotationCurves[];

  constructor(skeleton: Skeleton, take: RigTake, ways: readonly RotationCurves[]) {
    this.skeleton = skeleton;
    this.take = take;
    this.ways = ways;
    this.worstFrames = new Int32Array(skeleton.names.length);
  }

  /** The greatest distance of each node from its place, metres, [node]; infinite where it is not a number. */
  worstErrors(keys: TakeKeys): Float64Array {
    const worst = new Float64Array(this.skeleton.names.length);
    for (const curves of this.ways) this.raiseErrors(worst, keys, curves);
    return worst;
  }

  private raiseErrors(worst: Float64Array, keys: TakeKeys, curves: RotationCurves): void {
    const { skeleton, take } = this;
    const count = skeleton.names.length;
    const spans = skeleton.names.map(() => [0, 0]);
    const local = new Float64Array(count * 7);
    const exact = { positions: new Float64Array(count * 3), rotations: new Float64Array(count * 4) };
    const keyed = { positions: new Float64Array(count * 3), rotations: new Float64Array(count * 4) };
    for (let frame = 0; frame < take.frameCount; frame++) {
      for (let node = 0; node < count; node++) {
        const [from, to] = advanceSpan(keys.rotationKeys[node], frame, spans[node], 0);
        curves.sample(local, node * 4, node, from, to, to === from ? 0 : (frame - from) / (to - from));
        this.sampleTranslation(
          local,
          count * 4 + node * 3,
          keys.translationKeys[node],
          node,
          frame,
          spans[node],
        );
      }
      solve(
        exact,
        skeleton,
        take.localRotations,
        frame * count * 4,
        take.localTranslations,
        frame * count * 3,
      );
      solve(keyed, skeleton, local, 0, local, count * 4);
      for (let node = 0; node < count; node++) {
        const distance = distanceVec3(exact.positions, node * 3, keyed.positions, node * 3);
        if (distance <= worst[node]) continue;
        worst[node] = Number.isFinite(distance) ? distance : Number.POSITIVE_INFINITY;
        this.worstFrames[node] = frame;
      }
    }
  }

  private sampleTranslation(
    out: Float64Array,
    o: number,
    keys: Int32Array | null,
    node: number,
    frame: number,
    spans: number[],
  ): void {
    const { localTranslations } = this.take;
    const count = this.skeleton.names.length;
    const [from, to] = keys ? advanceSpan(keys, frame, spans, 1) : [frame, frame];
    const amount = to === from ? 0 : (frame - from) / (to - from);
    for (let axis = 0; axis < 3; axis++) {
      const a = localTranslations[(from * count + node) * 3 + axis];
      const b = localTranslations[(to * count + node) * 3 + axis];
      out[o + axis] = a + amount * (b - a);
    }
  }
}

/** The keys before and after a frame; `spans[which]` remembers where, as frames rise. */
function advanceSpan(keys: Int32Array, frame: number, spans: number[], which: number): [number, number] {
  while (spans[which] + 1 < keys.length && keys[spans[which] + 1] <= frame) spans[which]++;
  const from = keys[spans[which]];
  return [from, keys[spans[which] + 1] ?? from];
}

/** Forward kinematics from local transforms at an offset. */
function solve(
  out: { readonly positions: Float64Array; readonly rotations: Float64Array },
  { parents }: Skeleton,
  rotations: Float64Array,
  firstRotation: number,
  translations: Float64Array,
  firstTranslation: number,
): void {
  for (let node = 0; node < parents.length; node++) {
    const parent = parents[node];
    const q = firstRotation + node * 4;
    const t = firstTranslation + node * 3;
    if (parent === NO_PARENT) {
      for (let component = 0; component < 4; component++)
        out.rotations[node * 4 + component] = rotations[q + component];
      for (let axis = 0; axis < 3; axis++) out.positions[node * 3 + axis] = translations[t + axis];
      continue;
    }
    multiplyQuat(out.rotations, node * 4, out.rotations, parent * 4, rotations, q);
    rotateVec3(out.positions, node * 3, out.rotations, parent * 4, translations, t);
    for (let axis = 0; axis < 3; axis++) out.positions[node * 3 + axis] += out.positions[parent * 3 + axis];
  }
}
