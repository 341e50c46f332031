import type { Rig } from '../../rig/rig.ts';
import { applyTurn, invertTurn, turnToYUp } from '../axes.ts';

/**
 * The rig in axes with Z up: it faces -Y, left stays +X. Positions, axes of rotations and rest pose turn alike, so
 * that at rest all rotations are still the identity.
 */
export function rigToZUp(rig: Rig): Rig {
  const turn = invertTurn(turnToYUp('+z'));
  const turned = (values: Float64Array, size: number): Float64Array => {
    const out = Float64Array.from(values);
    for (let at = 0; at < out.length; at += size) applyTurn(out, at, turn);
    return out;
  };
  const { skeleton, takes, figure } = rig;
  return {
    ...rig,
    skeleton: { ...skeleton, restOffsets: turned(skeleton.restOffsets, 3) },
    takes: takes.map((take) => ({
      ...take,
      localRotations: turned(take.localRotations, 4),
      localTranslations: turned(take.localTranslations, 3),
    })),
    figure: {
      ...figure,
      positions: Float32Array.from(turned(Float64Array.from(figure.positions), 3)),
      normals: Float32Array.from(turned(Float64Array.from(figure.normals), 3)),
    },
  };
}
