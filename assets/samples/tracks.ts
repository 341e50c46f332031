/** A value over time, as keys that are eased from one to the next. Seconds, value. */
export type Track = readonly (readonly [number, number])[];

/** Position along a minimum-jerk movement (Flash and Hogan 1985), 0..1 to 0..1. */
export function minimumJerk(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s ** 3 * (10 + s * (6 * s - 15));
}

/** Value of a track at a time: at rest at every key, and before the first and after the last one. */
export function valueAt(track: Track, seconds: number): number {
  const next = track.findIndex(([key]) => key > seconds);
  if (next === 0) return track[0][1];
  if (next < 0) return track[track.length - 1][1];
  const [startTime, start] = track[next - 1];
  const [endTime, end] = track[next];
  return start + (end - start) * minimumJerk((seconds - startTime) / (endTime - startTime));
}

/** Value of a track at a time, with straight lines between the keys. */
export function linearAt(track: Track, seconds: number): number {
  const next = track.findIndex(([key]) => key > seconds);
  if (next === 0) return track[0][1];
  if (next < 0) return track[track.length - 1][1];
  const [startTime, start] = track[next - 1];
  const [endTime, end] = track[next];
  return start + ((end - start) * (seconds - startTime)) / (endTime - startTime);
}

/** Gaussian smoothing over frames; the first and last values are held beyond the ends. */
export function smoothed(values: readonly number[], sigmaFrames: number): number[] {
  const reach = Math.ceil(3 * sigmaFrames);
  const weights: number[] = [];
  for (let k = -reach; k <= reach; k++) weights.push(Math.exp(-0.5 * (k / sigmaFrames) ** 2));
  const total = weights.reduce((sum, weight) => sum + weight);
  return values.map((_, frame) => {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      const near = Math.min(values.length - 1, Math.max(0, frame + k));
      sum += weights[k + reach] * values[near];
    }
    return sum / total;
  });
}
