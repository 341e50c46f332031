import { BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import { layoutCarriers } from '../../motion/skeleton/layout-from-body17.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';

/** How much of a refinement each channel of body-17 gets, 0 or 1, [17 * 3]; undefined where all get all of it. */
export function body17Shares(joints: readonly boolean[] | undefined): Float64Array | undefined {
  if (joints === undefined || joints.every(Boolean)) return undefined;
  return Float64Array.from({ length: BODY17_COUNT * 3 }, (_, channel) =>
    joints[Math.floor(channel / 3)] ? 1 : 0,
  );
}

/**
 * The same for the channels of a layout, [joint * dimensions]: a body-17 joint gets its own share, any other joint
 * that of the point of the body-17 segment it moves with (as in `fromBody17`), 0..1.
 */
export function layoutShares(
  joints: readonly boolean[] | undefined,
  layout: LayoutName,
  dimensions: 2 | 3,
): Float64Array | undefined {
  if (joints === undefined || joints.every(Boolean)) return undefined;
  const share = (joint: number): number => (joints[joint] ? 1 : 0);
  const shares = layoutCarriers(layout).map((carrier) =>
    'joint' in carrier
      ? share(carrier.joint)
      : share(carrier.from) * (1 - carrier.anchor) + share(carrier.to) * carrier.anchor,
  );
  return Float64Array.from(
    { length: shares.length * dimensions },
    (_, channel) => shares[Math.floor(channel / dimensions)],
  );
}

/** Names of the joints left out, in body-17 order. */
export function excludedJointNames(joints: readonly boolean[] | undefined): string[] {
  return BODY17_NAMES.filter((_, joint) => joints?.[joint] === false);
}
