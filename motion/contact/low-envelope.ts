/**
 * The lowest level around every sample that was held, not only touched: the least, within `reach` samples, of the
 * most within `held` samples. A dip shorter than 2 * held + 1 samples does not lower it. The window ends with the
 * values.
 */
export function lowEnvelope(values: ArrayLike<number>, held: number, reach: number): Float64Array {
  const negated = Float64Array.from(values, (value) => -value);
  const heldLow = runningLeast(negated, held).map((value) => -value);
  return runningLeast(heldLow, reach + held);
}

/** The least value within `reach` samples of each, by a queue of candidates in ascending order (Lemire 2006). */
function runningLeast(values: Float64Array, reach: number): Float64Array {
  const count = values.length;
  const out = new Float64Array(count);
  const queue = new Int32Array(count);
  let head = 0;
  let tail = 0;
  for (let at = 0; at < count + reach; at++) {
    if (at < count) {
      while (tail > head && values[queue[tail - 1]] >= values[at]) tail--;
      queue[tail++] = at;
    }
    const centre = at - reach;
    if (centre < 0) continue;
    while (queue[head] < centre - reach) head++;
    out[centre] = values[queue[head]];
  }
  return out;
}
