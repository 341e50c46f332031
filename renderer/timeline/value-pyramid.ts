/**
 * Least and largest value of any stretch of frames in logarithmic time: level k holds one value for each 2^k frames.
 * NaN marks frames without a value and never wins over a number.
 */
export interface ValuePyramid {
  readonly length: number;
  /** Level 0 is the values themselves in both. */
  readonly least: readonly Float32Array[];
  readonly largest: readonly Float32Array[];
}

/** Of `values`, or of one column of a frame-major array: every `stride`-th value from `offset`. */
export function buildPyramid(values: ArrayLike<number>, stride = 1, offset = 0): ValuePyramid {
  const length = Math.floor(values.length / stride);
  const base = new Float32Array(length);
  for (let frame = 0, at = offset; frame < length; frame++, at += stride) base[frame] = values[at];
  return { length, least: levelsOf(base, lesser), largest: levelsOf(base, larger) };
}

/** Least value of the frames from `start` to `end`, both inclusive; NaN if none has one. */
export function leastOf({ least }: ValuePyramid, start: number, end: number): number {
  return pick(least, start, end, lesser);
}

/** Largest value of the frames from `start` to `end`, both inclusive; NaN if none has one. */
export function largestOf({ largest }: ValuePyramid, start: number, end: number): number {
  return pick(largest, start, end, larger);
}

type Choice = (a: number, b: number) => number;

// A comparison with NaN is false, so the number wins from either side.
const lesser: Choice = (a, b) => (a <= b || Number.isNaN(b) ? a : b);
const larger: Choice = (a, b) => (a >= b || Number.isNaN(b) ? a : b);

function levelsOf(base: Float32Array, choose: Choice): Float32Array[] {
  const levels = [base];
  for (let below = base; below.length > 1; ) {
    const level = new Float32Array(Math.ceil(below.length / 2));
    const pairs = below.length >> 1;
    for (let at = 0; at < pairs; at++) level[at] = choose(below[2 * at], below[2 * at + 1]);
    if (pairs < level.length) level[pairs] = below[2 * pairs];
    levels.push(level);
    below = level;
  }
  return levels;
}

/** Climbs from both ends: at each level an odd start or an even end is taken alone, and the rest is halved. */
function pick(levels: readonly Float32Array[], start: number, end: number, choose: Choice): number {
  let from = start;
  let to = end;
  let found = Number.NaN;
  for (let level = 0; from <= to && level < levels.length; level++) {
    const values = levels[level];
    if ((from & 1) === 1) found = choose(found, values[from++]);
    if ((to & 1) === 0) found = choose(found, values[to--]);
    from >>= 1;
    // An arithmetic shift keeps -1, which ends the climb.
    to >>= 1;
  }
  return found;
}
