import { LAYOUTS, type LayoutName } from '../../motion/skeleton/layouts.ts';

/** The figure's height from its lowest to its highest joint, metres. */
const FIGURE_METRES = 1.7;

/** From the image to the world: x' = (x - centre) · scale, y' = (y - floor) · rise. */
interface Placement {
  readonly centre: number;
  readonly floor: number;
  readonly scale: number;
  /** Scale with the sign that makes y point up. */
  readonly rise: number;
}

/**
 * 2D joints upright in the plane z = 0: x to the right, y up, metres, [frame][joint][xyz]. Over the frames, the
 * median height of the figure is 1.7 m, its median lowest joint is at y = 0 and its median middle at x = 0. All of this
 * is measured on the input, so that it and its results share one place.
 *
 * @param positions [frame][joint][xy]
 * @param input the positions of the clip as opened
 */
export function drawnPositions2d(
  positions: Float64Array,
  input: Float64Array,
  layout: LayoutName,
): Float32Array {
  const { centre, floor, scale, rise } = placeFigure(input, layout);
  const count = positions.length / 2;
  const out = new Float32Array(count * 3);
  for (let point = 0; point < count; point++) {
    const x = (positions[point * 2] - centre) * scale;
    const y = (positions[point * 2 + 1] - floor) * rise;
    const isSeen = !Number.isNaN(x) && !Number.isNaN(y);
    out[point * 3] = isSeen ? x : Number.NaN;
    out[point * 3 + 1] = isSeen ? y : Number.NaN;
    out[point * 3 + 2] = isSeen ? 0 : Number.NaN;
  }
  return out;
}

/** Metres per pixel that make the figure's median height that of a person. */
export function figureScale2d(positions: Float64Array, layout: LayoutName): number {
  return placeFigure(positions, layout).scale;
}

function placeFigure(positions: Float64Array, layout: LayoutName): Placement {
  const { names } = LAYOUTS[layout];
  const row = names.length * 2;
  const head = names.findIndex((name) => /^(head|headTop|nose)$/.test(name));
  const left = names.indexOf('leftAnkle');
  const right = names.indexOf('rightAnkle');
  const rises: number[] = [];
  const lows: number[] = [];
  const highs: number[] = [];
  const middles: number[] = [];
  for (let first = 0; first < positions.length; first += row) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let seen = 0;
    for (let at = first; at < first + row; at += 2) {
      if (Number.isNaN(positions[at]) || Number.isNaN(positions[at + 1])) continue;
      low = Math.min(low, positions[at + 1]);
      high = Math.max(high, positions[at + 1]);
      sum += positions[at];
      seen++;
    }
    if (seen === 0) continue;
    lows.push(low);
    highs.push(high);
    middles.push(sum / seen);
    const ankles = (positions[first + left * 2 + 1] + positions[first + right * 2 + 1]) / 2;
    const above = positions[first + head * 2 + 1] - ankles;
    if (!Number.isNaN(above)) rises.push(above);
  }
  if (lows.length === 0) return { centre: 0, floor: 0, scale: 1, rise: 1 };
  const height = median(highs.map((high, frame) => high - lows[frame]));
  const scale = height > 0 ? FIGURE_METRES / height : 1;
  // Rows of an image count downwards, so without head and ankles that is how y is taken.
  const isYUp = rises.length > 0 && median(rises) > 0;
  return {
    centre: median(middles),
    floor: isYUp ? median(lows) : median(highs),
    scale,
    rise: isYUp ? scale : -scale,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
