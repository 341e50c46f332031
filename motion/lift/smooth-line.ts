/**
 * Whittaker's smoother: the line z that minimises sum w (y - z)^2 + lambda * sum (z'')^2, with z'' its second
 * difference. Where a weight is 0 the line is drawn through from both sides.
 *
 * @param values [frame]; not read where the weight is 0
 * @param weights >= 0, [frame], 1 for an ordinary frame; all 0 gives a line of zeros
 * @param cutoff the frequency that keeps half its height under weights of 1, in cycles per frame
 */
export function smoothLine(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  cutoff: number,
): Float64Array {
  const count = values.length;
  const lambda = 1 / (2 * Math.sin(Math.PI * Math.min(0.5, cutoff))) ** 4;
  // Symmetric, five diagonals: main, first and second.
  const main = new Float64Array(count);
  const next = new Float64Array(count);
  const second = new Float64Array(count);
  const line = new Float64Array(count);
  for (let frame = 0; frame < count; frame++) {
    // A trace of weight holds a line that fewer than two frames would leave free.
    main[frame] = weights[frame] + 1e-9;
    line[frame] = weights[frame] > 0 ? weights[frame] * values[frame] : 0;
  }
  for (let first = 0; first + 2 < count; first++) {
    main[first] += lambda;
    main[first + 1] += 4 * lambda;
    main[first + 2] += lambda;
    next[first] -= 2 * lambda;
    next[first + 1] -= 2 * lambda;
    second[first] += lambda;
  }
  solveFiveDiagonals(main, next, second, line);
  return line;
}

/** Solves in place by L D L'; `next[i]` and `second[i]` couple i with i + 1 and i + 2. */
function solveFiveDiagonals(
  main: Float64Array,
  next: Float64Array,
  second: Float64Array,
  line: Float64Array,
): void {
  const count = main.length;
  for (let row = 0; row < count; row++) {
    const a = next[row] / main[row];
    const b = second[row] / main[row];
    if (row + 1 < count) {
      main[row + 1] -= a * next[row];
      next[row + 1] -= a * second[row];
      line[row + 1] -= a * line[row];
    }
    if (row + 2 < count) {
      main[row + 2] -= b * second[row];
      line[row + 2] -= b * line[row];
    }
    next[row] = a;
    second[row] = b;
  }
  for (let row = count - 1; row >= 0; row--) {
    line[row] /= main[row];
    if (row + 1 < count) line[row] -= next[row] * line[row + 1];
    if (row + 2 < count) line[row] -= second[row] * line[row + 2];
  }
}
