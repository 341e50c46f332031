import { copyQuat, dotQuat, normalizeQuat } from '../../math/quat.ts';

/**
 * Gaussian low-pass of the rotations of some joints, in place: the weighted mean of neighbouring quaternions
 * on one side of the sphere, normalised (the mean of Markley et al. 2007 to second order in their spread).
 * The window ends at three standard deviations, at the ends of the clip and at frames to leave alone.
 *
 * @param rotations [frame][joint][xyzw]
 * @param sigmaFrames standard deviation in frames, > 0
 * @param isKept [frame]; 1 marks frames that are neither changed nor mixed into others
 */
export function smoothRotations(
  rotations: Float64Array,
  frameCount: number,
  jointCount: number,
  joints: Iterable<number>,
  sigmaFrames: number,
  isKept: Uint8Array,
): void {
  const reach = Math.max(1, Math.ceil(3 * sigmaFrames));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, lag) =>
    Math.exp(-0.5 * (lag / sigmaFrames) ** 2),
  );
  const source = new Float64Array(frameCount * 4);
  const sum = new Float64Array(4);
  for (const joint of joints) {
    for (let frame = 0; frame < frameCount; frame++) {
      copyQuat(source, frame * 4, rotations, (frame * jointCount + joint) * 4);
    }
    for (let frame = 0; frame < frameCount; frame++) {
      if (isKept[frame]) continue;
      sum.fill(0);
      for (let side = -1; side <= 1; side += 2) {
        for (let lag = side < 0 ? 1 : 0; lag <= reach; lag++) {
          const other = frame + side * lag;
          if (other < 0 || other >= frameCount || isKept[other]) break;
          const sign = dotQuat(source, frame * 4, source, other * 4) < 0 ? -1 : 1;
          for (let component = 0; component < 4; component++) {
            sum[component] += sign * kernel[lag] * source[other * 4 + component];
          }
        }
      }
      normalizeQuat(sum, 0);
      copyQuat(rotations, (frame * jointCount + joint) * 4, sum, 0);
    }
  }
}
