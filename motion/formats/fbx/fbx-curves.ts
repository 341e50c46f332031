import { eulerToQuat, quatToEuler } from '../../math/euler.ts';
import type { RotationCurves } from '../../rig/keyed-poses.ts';
import { chooseKeys, slerpCurves } from '../../rig/reduce-keys.ts';
import type { Rig, RigTake } from '../../rig/rig.ts';

const DEGREES = 180 / Math.PI;
/** FBX's order XYZ turns about X first: R = Rz · Ry · Rx. */
const ORDER = 'ZYX';

/** A take as FBX holds it. */
export interface FbxCurves {
  /** Degrees about X, Y, Z, without leaps from frame to frame, [frame][node][xyz]. */
  readonly angles: Float32Array;
  /** Frames that are keys of a node's rotation and translation, [node]; null: all. */
  readonly rotationKeys: readonly (Int32Array | null)[];
  readonly translationKeys: readonly (Int32Array | null)[];
}

/**
 * Euler curves of a take. Readers take FBX keys in two ways: Autodesk's interpolate the angles, others turn each
 * key into a quaternion first. Where the rig has a bound on what left-out keys may move, keys are chosen anew so
 * that it holds for both ways.
 */
export function fbxCurves(rig: Rig, take: RigTake): FbxCurves {
  const count = rig.skeleton.names.length;
  const angles = eulerAngles(take, count);
  if (rig.keyErrorMm === undefined) {
    return {
      angles,
      rotationKeys: take.rotationKeys ?? rig.skeleton.names.map(() => null),
      translationKeys: take.translationKeys ?? rig.skeleton.names.map(() => null),
    };
  }
  const ways = [eulerCurves(angles, count), slerpCurves(take, count)];
  return { angles, ...chooseKeys(rig.skeleton, take, rig.keyErrorMm, ways) };
}

/** Each frame's angles are those nearest to the frame before, the first frame's nearest to zero. */
function eulerAngles({ frameCount, localRotations }: RigTake, count: number): Float32Array {
  const angles = new Float32Array(frameCount * count * 3);
  const zyx = new Float64Array(3);
  for (let node = 0; node < count; node++) {
    zyx.fill(0);
    for (let frame = 0; frame < frameCount; frame++) {
      quatToEuler(zyx, 0, localRotations, (frame * count + node) * 4, ORDER, zyx, 0);
      const at = (frame * count + node) * 3;
      for (let axis = 0; axis < 3; axis++) angles[at + axis] = zyx[2 - axis] * DEGREES;
    }
  }
  return angles;
}

function eulerCurves(angles: Float32Array, count: number): RotationCurves {
  return {
    sample: (out, o, node, from, to, amount) => {
      const angle = (axis: number): number => {
        const a = angles[(from * count + node) * 3 + axis];
        const b = angles[(to * count + node) * 3 + axis];
        return (a + amount * (b - a)) / DEGREES;
      };
      eulerToQuat(out, o, angle(2), angle(1), angle(0), ORDER);
    },
  };
}
