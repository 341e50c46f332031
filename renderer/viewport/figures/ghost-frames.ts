/** Ghosts on each side of the playhead. */
export const GHOSTS_PER_SIDE = 3;
export const GHOST_COUNT = GHOSTS_PER_SIDE * 2;
/** Seconds between two ghosts. */
const GHOST_SPACING = 1 / 6;

/**
 * Frames of the ghosts around a frame, the farthest past first: three before, three after, a sixth of a second
 * apart (at least one frame). -1 where the clip has no such frame. Writes `GHOST_COUNT` values.
 */
export function writeGhostFrames(
  frame: number,
  frameCount: number,
  frameTime: number,
  out: Int32Array,
): void {
  const spacing = Math.max(1, Math.round(GHOST_SPACING / frameTime));
  for (let ghost = 0; ghost < GHOST_COUNT; ghost++) {
    const target = frame + ghostStep(ghost) * spacing;
    out[ghost] = target < 0 || target >= frameCount ? -1 : target;
  }
}

/** How much of the figure's colour a ghost keeps, 0..1: less the farther in time. */
export function ghostStrength(ghost: number): number {
  return 0.44 - 0.13 * (Math.abs(ghostStep(ghost)) - 1);
}

/** -3, -2, -1, 1, 2, 3. */
function ghostStep(ghost: number): number {
  return ghost < GHOSTS_PER_SIDE ? ghost - GHOSTS_PER_SIDE : ghost - GHOSTS_PER_SIDE + 1;
}
