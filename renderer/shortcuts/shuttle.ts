/** Faster than this nothing can be made out any more. */
const FASTEST = 16;

/**
 * Speed after a press of J (direction -1) or L (1): normal speed at first or against the present direction, then
 * twice as fast with every press.
 */
export function shuttleSpeed(speed: number, direction: 1 | -1): number {
  if (speed * direction <= 0) return direction;
  return direction * Math.min(FASTEST, Math.abs(speed) * 2);
}
