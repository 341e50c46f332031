import type { Drawing } from '../../../contract/clips.ts';

/**
 * Which drawn joints differences are shown for: those that are body-17 joints. Fingers and toes follow a hand or foot
 * that already has an arrow, and thirty arrows at a hand hide it. All of them where a figure has too few of the body-17.
 */
export function comparedJoints({ names, body17 }: Drawing): boolean[] {
  const own = new Set(body17.filter((joint) => joint >= 0));
  return names.map((_, joint) => own.has(joint) || own.size < LEAST_OWN_JOINTS);
}

/** Fewer are no body. */
const LEAST_OWN_JOINTS = 8;
