/** Part of the picture in which a figure is drawn; CSS pixels. */
export interface Pane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels around a joint that still hit it. */
export const PICK_RADIUS = 11;

/**
 * The joint under the pointer: of those drawn within `PICK_RADIUS` the nearest to it, -1 if there is none. Joints
 * behind the camera and unseen (NaN) ones are never hit.
 *
 * @param positions metres, [joint][xyz] from `start` on.
 * @param matrix column-major, from the positions' space to clip space.
 */
export function pickJoint(
  positions: Float32Array,
  start: number,
  joints: number,
  matrix: ArrayLike<number>,
  pane: Pane,
  pointerX: number,
  pointerY: number,
): number {
  let found = -1;
  let nearest = PICK_RADIUS;
  for (let joint = 0; joint < joints; joint++) {
    const x = positions[start + joint * 3];
    const y = positions[start + joint * 3 + 1];
    const z = positions[start + joint * 3 + 2];
    const depth = matrix[3] * x + matrix[7] * y + matrix[11] * z + matrix[15];
    if (!(depth > 0)) continue;
    const across = (matrix[0] * x + matrix[4] * y + matrix[8] * z + matrix[12]) / depth;
    const up = (matrix[1] * x + matrix[5] * y + matrix[9] * z + matrix[13]) / depth;
    const screenX = pane.x + ((across + 1) / 2) * pane.width;
    const screenY = pane.y + ((1 - up) / 2) * pane.height;
    const distance = Math.hypot(screenX - pointerX, screenY - pointerY);
    if (distance < nearest) {
      nearest = distance;
      found = joint;
    }
  }
  return found;
}
