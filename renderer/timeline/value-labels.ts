const MOST_DIGITS = 4;

/** Labels of an axis: all with as many digits as the finest of them needs, so that none is rounded to another value. */
export function valueLabels(values: readonly number[]): string[] {
  let digits = 0;
  while (digits < MOST_DIGITS && values.some((value) => !isWhole(value * 10 ** digits))) digits++;
  return values.map((value) => value.toFixed(digits));
}

/** Steps such as 0.1 are not exact in binary. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
