/**
 * The pinhole camera behind 2D keypoints. Pixels have Y down. Camera axes are x to the right, y up, z towards the
 * viewer, right-handed; a ray is (x, y, -1) in them and kept as x and y.
 */
export interface Picture {
  /** Width and height, pixels. */
  readonly size: readonly [width: number, height: number];
  readonly isSizeAssumed: boolean;
  /** Pixels. The camera's axis meets the picture in its middle. */
  readonly focalLength: number;
}

/** What a file's keypoints are measured in. `shares`: of width and height; `centred`: half widths from the middle. */
export type PointUnit = 'pixels' | 'shares' | 'centred';

export interface PicturePoints {
  /** Pixels, Y down, [point][xy]; NaN where not seen. */
  readonly points: Float64Array;
  readonly unit: PointUnit;
  readonly picture: Picture;
}

/** Sizes that pictures of unknown size may have, smallest first; Human3.6M's are square. Upright ones are tried too. */
const COMMON_SIZES: readonly (readonly [number, number])[] = [
  [640, 360],
  [640, 480],
  [1000, 1000],
  [1280, 720],
  [1920, 1080],
  [2704, 1520],
  [3840, 2160],
];
/** Where nothing tells, as with shares. */
const USUAL_SIZE = [1280, 720] as const;
/** No body is seen in a picture of two pixels: numbers up to here are no pixels. */
export const LARGEST_SHARE = 2;

/**
 * The points in pixels, and the camera they are taken to come from. Numbers no greater than 2 are shares of width and
 * height, as MediaPipe gives them, or, where they lie on both sides of 0, half widths from the middle (MotionBERT).
 *
 * @param values [point][xy], Y down; NaN where not seen
 * @param size pixels; null where unknown
 * @param focalOfLongerSide focal length as a share of the picture's longer side
 */
export function readPicture(
  values: Float64Array,
  size: readonly [number, number] | null,
  focalOfLongerSide: number,
): PicturePoints {
  const [left, top, right, bottom] = extent(values);
  const isSmall = Math.max(-left, -top, right, bottom) <= LARGEST_SHARE;
  const isCentred = isSmall && left < 0 && right > 0;
  const unit = !isSmall ? 'pixels' : isCentred ? 'centred' : 'shares';
  const [width, height] = size ?? (isSmall ? USUAL_SIZE : likelySize(right, bottom));
  const [perX, perY] = isCentred ? [width / 2, width / 2] : isSmall ? [width, height] : [1, 1];
  const [zeroX, zeroY] = isCentred ? [width / 2, height / 2] : [0, 0];
  const points = values.map((value, at) => (at % 2 === 0 ? zeroX + perX * value : zeroY + perY * value));
  const focalLength = focalOfLongerSide * Math.max(width, height);
  return { points, unit, picture: { size: [width, height], isSizeAssumed: size === null, focalLength } };
}

/** Rays of points in pixels, [point][xy]; NaN stays NaN. */
export function raysOfPixels(points: ArrayLike<number>, { size, focalLength }: Picture): Float64Array {
  return Float64Array.from(points, (value, at) =>
    at % 2 === 0 ? (value - size[0] / 2) / focalLength : (size[1] / 2 - value) / focalLength,
  );
}

/** The smallest of the common sizes, lying or upright, that holds all points; their own extent where none does. */
function likelySize(right: number, bottom: number): readonly [number, number] {
  const upright = COMMON_SIZES.map(([width, height]) => [height, width] as const);
  const fitting = [...COMMON_SIZES, ...upright].filter(
    ([width, height]) => right <= width && bottom <= height,
  );
  const [best] = fitting.toSorted((a, b) => a[0] * a[1] - b[0] * b[1]);
  return best ?? [right, bottom];
}

/** Least and greatest x and y: left, top, right, bottom; infinite without points. */
function extent(values: ArrayLike<number>): [number, number, number, number] {
  let [left, top, right, bottom] = [1, 1, -1, -1].map((sign) => sign * Number.POSITIVE_INFINITY);
  for (let at = 0; at + 1 < values.length; at += 2) {
    if (Number.isNaN(values[at]) || Number.isNaN(values[at + 1])) continue;
    left = Math.min(left, values[at]);
    top = Math.min(top, values[at + 1]);
    right = Math.max(right, values[at]);
    bottom = Math.max(bottom, values[at + 1]);
  }
  return [left, top, right, bottom];
}
