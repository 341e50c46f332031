/**
 * Azimuth of a camera that looks a figure in the face: radians, 0 is +Z, a quarter turn +X. From the line through
 * the hips; null while one of them is unseen or both are in one place.
 *
 * @param positions metres; xyz of the right and the left hip begin at the two offsets.
 */
export function facingAzimuth(positions: Float32Array, rightHip: number, leftHip: number): number | null {
  const leftX = positions[leftHip] - positions[rightHip];
  const leftZ = positions[leftHip + 2] - positions[rightHip + 2];
  if (!(Math.hypot(leftX, leftZ) > 1e-4)) return null;
  // Forward is left × up.
  return Math.atan2(-leftZ, leftX);
}
