import { copyQuat, normalizeQuat, slerpQuat } from '../../math/quat.ts';
import type { GltfChannel } from './gltf-animation.ts';

/**
 * Writes a channel's value at a time, seconds: three components or a unit quaternion xyzw. Before the first and
 * after the last key their values hold.
 */
export type Sampler = (time: number, out: Float64Array, outOffset: number) => void;

/** A key this close is hit, so that a step at a frame does not come a frame late. Seconds, and per second of time. */
const SAME_TIME = 1e-6;
const SINGLE_PRECISION = 1.2e-7;

/** Asked in rising order of time it looks at every key once. */
export function makeSampler(channel: GltfChannel): Sampler {
  const { times, interpolation, path } = channel;
  const last = times.length - 1;
  const isRotation = path === 'rotation';
  let key = 0;
  return (time, out, outOffset) => {
    const near = SAME_TIME + Math.abs(time) * SINGLE_PRECISION;
    if (time + near < times[key]) key = 0;
    while (key < last && times[key + 1] <= time + near) key++;
    const seconds = key < last ? times[key + 1] - times[key] : 0;
    const isBetween = key < last && time > times[key] + near && seconds > near && interpolation !== 'STEP';
    if (!isBetween) copyKey(channel, key, out, outOffset);
    else {
      const amount = (time - times[key]) / seconds;
      if (interpolation === 'CUBICSPLINE') cubic(channel, key, amount, seconds, out, outOffset);
      else if (isRotation) slerpKeys(channel, key, amount, out, outOffset);
      else linear(channel, key, amount, out, outOffset);
    }
    if (isRotation) normalizeQuat(out, outOffset);
  };
}

function widthOf({ path }: GltfChannel): number {
  return path === 'rotation' ? 4 : 3;
}

function copyKey(channel: GltfChannel, key: number, out: Float64Array, outOffset: number): void {
  const width = widthOf(channel);
  const from = channel.interpolation === 'CUBICSPLINE' ? (key * 3 + 1) * width : key * width;
  for (let component = 0; component < width; component++) {
    out[outOffset + component] = channel.values[from + component];
  }
}

const pair = new Float64Array(8);

function slerpKeys({ values }: GltfChannel, key: number, amount: number, out: Float64Array, o: number): void {
  for (let end = 0; end < 2; end++) {
    copyQuat(pair, end * 4, values, (key + end) * 4);
    normalizeQuat(pair, end * 4);
  }
  slerpQuat(out, o, pair, 0, pair, 4, amount);
}

function linear({ values }: GltfChannel, key: number, amount: number, out: Float64Array, o: number): void {
  for (let component = 0; component < 3; component++) {
    const from = values[key * 3 + component];
    out[o + component] = from + amount * (values[key * 3 + 3 + component] - from);
  }
}

/** The Hermite spline of the glTF 2.0 specification, appendix C. Tangents are per second. */
function cubic(
  channel: GltfChannel,
  key: number,
  t: number,
  seconds: number,
  out: Float64Array,
  o: number,
): void {
  const { values } = channel;
  const width = widthOf(channel);
  const from = key * 3 * width;
  const to = from + 3 * width;
  const t2 = t * t;
  const t3 = t2 * t;
  for (let component = 0; component < width; component++) {
    out[o + component] =
      (2 * t3 - 3 * t2 + 1) * values[from + width + component] +
      seconds * (t3 - 2 * t2 + t) * values[from + 2 * width + component] +
      (3 * t2 - 2 * t3) * values[to + width + component] +
      seconds * (t3 - t2) * values[to + component];
  }
}
