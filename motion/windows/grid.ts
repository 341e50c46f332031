/**
 * The grid: every `spacing`-th frame of a clip behind a low-pass, about 30 a second whatever the clip's rate, for
 * networks that see seconds of motion. Grid frame g is frame g * spacing of the clip; the last one may lie past the
 * clip's end, whose last frame is held there. native-model/training/sequence_data.py does the same.
 */

/** Taps to either side, in spacings. */
const REACH_SPACINGS = 4;

/** Grid frames that cover a clip. */
export function gridFrames(frameCount: number, spacing: number): number {
  return 1 + Math.ceil((frameCount - 1) / spacing);
}

/** Hann-windowed sinc, unit sum; `cutoff` in units of the grid's Nyquist frequency. */
export function lowPassTaps(spacing: number, cutoff: number): Float64Array {
  const radius = REACH_SPACINGS * spacing;
  const taps = new Float64Array(2 * radius + 1);
  let sum = 0;
  for (let k = 0; k < taps.length; k++) {
    const x = (Math.PI * (k - radius) * cutoff) / spacing;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    taps[k] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * (k - radius)) / (radius + 1)));
    sum += taps[k];
  }
  return taps.map((tap) => tap / sum);
}

/**
 * A clip's values on the grid, [grid frame][channel]; at spacing 1 the values themselves. Ends are held.
 *
 * @param values [frame][channel]
 */
export function toGrid(
  values: Float64Array,
  frameCount: number,
  channels: number,
  spacing: number,
  cutoff: number,
): Float64Array {
  if (spacing <= 1) return values;
  const taps = lowPassTaps(spacing, cutoff);
  const radius = (taps.length - 1) / 2;
  const out = new Float64Array(gridFrames(frameCount, spacing) * channels);
  for (let to = 0, centre = 0; to < out.length; to += channels, centre += spacing) {
    for (let k = 0; k < taps.length; k++) {
      const tap = taps[k];
      const from = Math.min(frameCount - 1, Math.max(0, centre + k - radius)) * channels;
      for (let channel = 0; channel < channels; channel++) out[to + channel] += tap * values[from + channel];
    }
  }
  return out;
}

/**
 * Grid values back at every frame of the clip, [frame][channel], by natural cubic splines: accelerations stay
 * continuous. At spacing 1 the values themselves.
 */
export function fromGrid(
  grid: Float64Array,
  frameCount: number,
  channels: number,
  spacing: number,
): Float64Array {
  if (spacing <= 1) return grid;
  const count = grid.length / channels;
  const bends = splineBends(grid, count, channels);
  const out = new Float64Array(frameCount * channels);
  for (let frame = 0; frame < frameCount; frame++) {
    const low = Math.min(Math.floor(frame / spacing), Math.max(0, count - 2));
    const b = (frame - low * spacing) / spacing;
    const a = 1 - b;
    const here = low * channels;
    const next = Math.min(low + 1, count - 1) * channels;
    const bendA = (a * a * a - a) / 6;
    const bendB = (b * b * b - b) / 6;
    for (let channel = 0; channel < channels; channel++) {
      out[frame * channels + channel] =
        a * grid[here + channel] +
        b * grid[next + channel] +
        bendA * bends[here + channel] +
        bendB * bends[next + channel];
    }
  }
  return out;
}

/** Second derivatives (per squared grid step) of the natural cubic splines through the values. */
function splineBends(values: Float64Array, count: number, channels: number): Float64Array {
  const bends = new Float64Array(values.length);
  // Thomas algorithm; the matrix (1, 4, 1) is the same for all channels.
  const factors = new Float64Array(count);
  for (let n = 1; n < count - 1; n++) {
    factors[n] = 1 / (4 - factors[n - 1]);
    for (let channel = 0; channel < channels; channel++) {
      const at = n * channels + channel;
      const bend = 6 * (values[at + channels] - 2 * values[at] + values[at - channels]);
      bends[at] = (bend - bends[at - channels]) * factors[n];
    }
  }
  for (let n = count - 2; n > 0; n--) {
    for (let at = n * channels; at < (n + 1) * channels; at++) bends[at] -= factors[n] * bends[at + channels];
  }
  return bends;
}
