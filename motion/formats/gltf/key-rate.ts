/** A frame rate and why. */
export interface RateGuess {
  readonly fps: number;
  readonly reason: string;
}

/** Rates of film, video, games and capture; of equally good ones the first wins. */
const NOMINAL = [
  30, 24, 25, 60, 120, 50, 100, 48, 72, 90, 15, 12, 10, 20, 40, 80, 144, 240, 29.97, 23.976, 59.94,
];
/** Keys this close are the same moment: a frame at 240 fps is forty times longer. Seconds. */
const SAME_TIME = 1e-4;
/** How far the median spacing of keys may be from the rate it stands for: single precision late in a clip. */
const NEAR = 0.02;
/** Mean distance of keys from the frames of a rate, in frames, at which the rate still fits. */
const ON_FRAME = 0.02;
/** Slower keys than this are hand-set poses rather than frames. */
const SLOWEST_FPS = 8;
const USUAL_FPS = 30;

/**
 * The frame rate that key times (seconds, any order) suggest: the nominal rate nearest to their median spacing
 * on whose frames they lie best; where keys are sparse, a usual rate.
 */
export function rateOfKeys(keyTimes: Float64Array): RateGuess {
  const times = distinctTimes(keyTimes);
  if (times.length < 2)
    return { fps: USUAL_FPS, reason: `the file has a single key; read at ${USUAL_FPS} fps` };
  const spacings = times.slice(1).map((time, at) => time - times[at]);
  const spacing = spacings.sort()[Math.floor(spacings.length / 2)];
  const measured = 1 / spacing;
  const shown = Number(spacing.toPrecision(4));
  if (measured < SLOWEST_FPS) {
    const fps = NOMINAL.find((rate) => offFrames(times, rate) < ON_FRAME) ?? USUAL_FPS;
    return { fps, reason: `the keys are ${shown} s apart, which is no frame rate; read at ${fps} fps` };
  }
  const near = NOMINAL.filter((rate) => Math.abs(rate - measured) <= NEAR * rate);
  const [best] = near.toSorted((a, b) => offFrames(times, a) - offFrames(times, b));
  const whole = near.find((rate) => offFrames(times, rate) < ON_FRAME);
  const fps = whole ?? best ?? Number(measured.toPrecision(6));
  return { fps, reason: `the file names no frame rate; its keys are ${shown} s apart, so ${fps} fps` };
}

function distinctTimes(keyTimes: Float64Array): Float64Array {
  const sorted = keyTimes.slice().sort();
  let count = 0;
  for (const time of sorted) {
    if (count === 0 || time - sorted[count - 1] > SAME_TIME) sorted[count++] = time;
  }
  return sorted.slice(0, count);
}

/** Mean distance of the times from the nearest frame, in frames. */
function offFrames(times: Float64Array, fps: number): number {
  let sum = 0;
  for (const time of times) {
    const frame = (time - times[0]) * fps;
    sum += Math.abs(frame - Math.round(frame));
  }
  return sum / times.length;
}
