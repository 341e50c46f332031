/**
 * The common ground of all filters: throws RangeError unless `values` is a whole [frame][channel] array of
 * finite numbers with at least one frame, and the frame time is positive. A gap (NaN) has to be filled before
 * filtering, because every filter would spread it over its neighbours.
 */
export function checkSamples(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
): void {
  if (!Number.isInteger(frameCount) || frameCount < 1) {
    throw new RangeError(`frameCount is ${frameCount}, expected an integer >= 1`);
  }
  if (values.length !== frameCount * channels) {
    throw new RangeError(`${values.length} values are not ${frameCount} frames of ${channels} channels`);
  }
  if (!(frameTime > 0) || !Number.isFinite(frameTime)) {
    throw new RangeError(`frameTime is ${frameTime}, expected seconds > 0`);
  }
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) continue;
    throw new RangeError(
      `frame ${Math.floor(k / channels)}, channel ${k % channels} is ${values[k]}; fill gaps before filtering`,
    );
  }
}

/** Throws RangeError unless every parameter is a finite number above zero, or zero where named. */
export function checkParameters(params: object, zeroAllowed: readonly string[] = []): void {
  for (const [name, value] of Object.entries(params)) {
    if (Number.isFinite(value) && (value > 0 || (value === 0 && zeroAllowed.includes(name)))) continue;
    throw new RangeError(
      `${name} is ${value}, expected a number ${zeroAllowed.includes(name) ? '>=' : '>'} 0`,
    );
  }
}
