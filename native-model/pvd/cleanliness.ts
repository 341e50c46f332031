import { BODY17, BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';

/**
 * Millimetres of white noise above which a clip is called jittery. Marker-based captures resampled to 30
 * frames per second measure 0.2 to 1.5 mm, running and jumping included; 3 mm of added noise measures 3.0 to 4.
 */
const MOST_NOISE_MM = 2;
/** A solved skeleton keeps its bones to the micrometre; image-based estimates vary by 3 to 10 %. */
const MOST_BONE_SPREAD = 0.03;
/** Below this, windows at 30 frames per second are more interpolated than seen. */
const LEAST_FPS = 24;

/** Bones that are rigid in a person: a shoulder moves against the thorax, an elbow not against the shoulder. */
const RIGID_BONES: readonly number[] = [
  BODY17.rightKnee,
  BODY17.rightAnkle,
  BODY17.leftKnee,
  BODY17.leftAnkle,
  BODY17.leftElbow,
  BODY17.leftWrist,
  BODY17.rightElbow,
  BODY17.rightWrist,
];

/**
 * Why a clip may be a bad reference, in sentences for the user; empty if it looks clean. `positions` is
 * [frame][body-17 joint][xyz], metres; frames with a NaN are left out.
 */
export function cleanlinessWarnings(positions: Float64Array, frameTime: number): string[] {
  const warnings: string[] = [];
  const noise = noiseMm(positions);
  if (noise > MOST_NOISE_MM) {
    warnings.push(`it jitters by about ${noise.toFixed(1)} mm (clean captures: below ${MOST_NOISE_MM} mm)`);
  }
  const { bone, spread } = worstBoneSpread(positions);
  if (spread > MOST_BONE_SPREAD) {
    const name = `${BODY17_NAMES[BODY17_PARENTS[bone]]}-${BODY17_NAMES[bone]}`;
    const most = (100 * MOST_BONE_SPREAD).toFixed(0);
    warnings.push(
      `the bone ${name} changes its length by ${(100 * spread).toFixed(1)} % (clean: below ${most} %)`,
    );
  }
  // Half a frame of tolerance for 23.976.
  if (1 / frameTime < LEAST_FPS - 0.5) {
    warnings.push(`it has only ${(1 / frameTime).toFixed(1)} frames per second (at least ${LEAST_FPS})`);
  }
  return warnings;
}

/**
 * The standard deviation of the white noise that would explain the clip's fourth differences, millimetres per
 * coordinate. Motion is smooth enough to cancel out of them; white noise of variance v leaves
 * (1 + 16 + 36 + 16 + 1) v = 70 v. The median, not the mean, so that a few hard impacts do not count.
 */
export function noiseMm(positions: Float64Array): number {
  const pose = BODY17_COUNT * 3;
  const found: number[] = [];
  for (let n = 0; n + 4 * pose < positions.length; n++) {
    const outer = positions[n] + positions[n + 4 * pose];
    const inner = positions[n + pose] + positions[n + 3 * pose];
    const difference = Math.abs(outer - 4 * inner + 6 * positions[n + 2 * pose]);
    if (!Number.isNaN(difference)) found.push(difference);
  }
  if (found.length === 0) return 0;
  found.sort((a, b) => a - b);
  const median = found[Math.floor(found.length / 2)];
  // The median of |x| is 0.6745 standard deviations of a normal distribution.
  return (1000 * median) / (0.6745 * Math.sqrt(70));
}

/** The rigid bone whose length varies most: standard deviation over frames divided by the mean. */
export function worstBoneSpread(positions: Float64Array): { bone: number; spread: number } {
  const pose = BODY17_COUNT * 3;
  let worst = { bone: RIGID_BONES[0], spread: 0 };
  for (const bone of RIGID_BONES) {
    const parent = BODY17_PARENTS[bone];
    let sum = 0;
    let squares = 0;
    let frames = 0;
    for (let start = 0; start < positions.length; start += pose) {
      const x = positions[start + bone * 3] - positions[start + parent * 3];
      const y = positions[start + bone * 3 + 1] - positions[start + parent * 3 + 1];
      const z = positions[start + bone * 3 + 2] - positions[start + parent * 3 + 2];
      const length = Math.hypot(x, y, z);
      if (Number.isNaN(length)) continue;
      sum += length;
      squares += length * length;
      frames++;
    }
    const mean = sum / frames;
    const spread = Math.sqrt(Math.max(0, squares / frames - mean * mean)) / mean;
    if (spread > worst.spread) worst = { bone, spread };
  }
  return worst;
}
