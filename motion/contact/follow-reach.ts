import { BODY17_COUNT } from '../skeleton/body17.ts';
import { FEET, FOOT_JOINTS } from './foot-contacts.ts';
import { fitLocalLine } from './local-line.ts';
import { legReach } from './two-bone.ts';

/** The body leans by no more than this, metres. */
const MOST_LEAN = 0.05;
/** Standard deviation of the smoothing over time, seconds: the body sways, it does not jerk. */
const LEAN_SECONDS = 0.1;

/**
 * How far the body has to come so that legs that are too short for their held ankles reach them: smooth over time,
 * limited, and 0 wherever no foot is held. Metres, [frame][xyz].
 *
 * @param shifts of each ankle, [left right], each [frame][xyz]
 * @param holds [frame][left right], 0..1
 */
export function followReach(
  positions: Float64Array,
  shifts: readonly Float64Array[],
  holds: Float64Array,
  frameTime: number,
): Float64Array {
  const frames = holds.length / FEET.length;
  const axes = [0, 1, 2].map(() => new Float64Array(frames));
  for (let frame = 0; frame < frames; frame++) {
    let short = 0;
    const sum = [0, 0, 0];
    for (const [side, foot] of FEET.entries()) {
      if (holds[frame * 2 + side] === 0) continue;
      const missing = missingReach(positions, frame, FOOT_JOINTS[foot], shifts[side]);
      if (missing.every((value) => value === 0)) continue;
      short++;
      for (let axis = 0; axis < 3; axis++) sum[axis] += missing[axis];
    }
    if (short > 0) for (let axis = 0; axis < 3; axis++) axes[axis][frame] = sum[axis] / short;
  }
  const smooth = axes.map((values) => fitLocalLine(values, LEAN_SECONDS / frameTime).level);
  const out = new Float64Array(frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    const hold = Math.max(holds[frame * 2], holds[frame * 2 + 1]);
    const size = Math.hypot(smooth[0][frame], smooth[1][frame], smooth[2][frame]);
    // Nears the limit without a corner.
    const kept = size > 0 ? (MOST_LEAN * Math.tanh(size / MOST_LEAN)) / size : 0;
    for (let axis = 0; axis < 3; axis++) out[frame * 3 + axis] = hold * kept * smooth[axis][frame];
  }
  return out;
}

/** From where the leg's reach ends to the ankle's goal. */
function missingReach(
  positions: Float64Array,
  frame: number,
  leg: (typeof FOOT_JOINTS)['left' | 'right'],
  shifts: Float64Array,
): readonly number[] {
  const first = frame * BODY17_COUNT * 3;
  const between = (from: number, to: number): readonly number[] =>
    [0, 1, 2].map((axis) => positions[first + to * 3 + axis] - positions[first + from * 3 + axis]);
  const present = between(leg.hip, leg.ankle);
  const goal = present.map((value, axis) => value + shifts[frame * 3 + axis]);
  const thigh = Math.hypot(...between(leg.hip, leg.knee));
  const shin = Math.hypot(...between(leg.knee, leg.ankle));
  const [, most] = legReach(thigh, shin, Math.hypot(...present));
  const distance = Math.hypot(...goal);
  const over = distance - most;
  return over > 0 ? goal.map((value) => (value / distance) * over) : [0, 0, 0];
}
