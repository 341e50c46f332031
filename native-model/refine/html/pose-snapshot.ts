/** Skeletons as pictures: seen from the front, turned by a third of a right angle, same scale everywhere. */
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../../../motion/skeleton/body17.ts';
import { html, type Markup } from './markup.ts';

/** Turn of the camera away from where the person faces. */
const VIEW_ANGLE = Math.PI / 6;
const WIDTH = 260;
const HEIGHT = 210;
const FLOOR = HEIGHT - 16;
/** Ankle joints are about this far above the ground, metres. */
const ANKLE_ABOVE_FLOOR = 0.08;

/** Two states of a clip: metres, [frame][17][xyz], Y up. */
export interface PosePair {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** What all pictures of one report share. */
export interface SnapshotScale {
  readonly floorMetres: number;
  readonly pixelsPerMetre: number;
}

/** Floor: the lowest ankle of the refined clip (its 2nd percentile). Scale: all poses shown fit the frame. */
export function snapshotScale(pair: PosePair, frames: readonly number[]): SnapshotScale {
  const ankles: number[] = [];
  for (let at = 0; at < pair.after.length; at += BODY17_COUNT * 3) {
    const lowest = Math.min(
      pair.after[at + BODY17.rightAnkle * 3 + 1],
      pair.after[at + BODY17.leftAnkle * 3 + 1],
    );
    if (Number.isFinite(lowest)) ankles.push(lowest);
  }
  ankles.sort((a, b) => a - b);
  const floorMetres = (ankles[Math.floor(ankles.length * 0.02)] ?? 0) - ANKLE_ABOVE_FLOOR;
  let tallest = 1;
  let widest = 0.5;
  for (const frame of frames) {
    for (const [, up, across] of projectPair(pair, frame)) {
      if (!Number.isFinite(up + across)) continue;
      tallest = Math.max(tallest, up - floorMetres);
      widest = Math.max(widest, Math.abs(across));
    }
  }
  return { floorMetres, pixelsPerMetre: Math.min((FLOOR - 12) / tallest, (WIDTH / 4 - 4) / widest) };
}

/** The input on the left; the refined pose on the right with the input behind it as a dashed ghost. */
export function poseSnapshot(pair: PosePair, frame: number, scale: SnapshotScale, label: string): Markup {
  const projected = projectPair(pair, frame);
  const place = (from: number, centre: number): readonly Placed[] =>
    projected.slice(from, from + BODY17_COUNT).map(([depth, up, across]) => ({
      x: centre + across * scale.pixelsPerMetre,
      y: FLOOR - (up - scale.floorMetres) * scale.pixelsPerMetre,
      depth,
    }));
  const [left, right] = [WIDTH * 0.25, WIDTH * 0.75];
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<line class="floor" x1="4" x2="${WIDTH - 4}" y1="${FLOOR}" y2="${FLOOR}"/>
${bones(place(0, left), 'before')}${bones(place(0, right), 'before ghost')}${bones(place(BODY17_COUNT, right), 'after')}
<text x="${left}" y="${HEIGHT - 3}" text-anchor="middle">input</text>
<text x="${right}" y="${HEIGHT - 3}" text-anchor="middle">refined</text></svg>`;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/**
 * Both poses of a frame as [towards the viewer, up, across], metres: 17 of the input, then 17 refined. Both
 * are seen by one camera, centred on the refined pelvis.
 */
function projectPair({ before, after }: PosePair, frame: number): (readonly [number, number, number])[] {
  const at = frame * BODY17_COUNT * 3;
  const hips = (axis: number) =>
    after[at + BODY17.leftHip * 3 + axis] - after[at + BODY17.rightHip * 3 + axis];
  // Facing is the hip axis (right to left) turned by -90° about Y: (x, z) -> (-z, x).
  const facing = Math.atan2(-hips(2), hips(0)) || 0;
  const view = facing + VIEW_ANGLE;
  const [sine, cosine] = [Math.sin(view), Math.cos(view)];
  const originOf = (axis: number) => (Number.isFinite(after[at + axis]) ? after[at + axis] : 0);
  const project = (values: Float64Array, joint: number): readonly [number, number, number] => {
    const x = values[at + joint * 3] - originOf(0);
    const z = values[at + joint * 3 + 2] - originOf(2);
    return [x * sine + z * cosine, values[at + joint * 3 + 1], x * cosine - z * sine];
  };
  const joints = BODY17_PARENTS.map((_, joint) => joint);
  return [...joints.map((joint) => project(before, joint)), ...joints.map((joint) => project(after, joint))];
}

/** Bones from far to near; those behind the pelvis are paler. A bone with an unseen end is left out. */
function bones(joints: readonly Placed[], kind: string): readonly Markup[] {
  const seen = BODY17_PARENTS.map((parent, joint) => ({ from: joints[parent], to: joints[joint] }))
    .filter(({ from, to }) => from !== undefined && Number.isFinite(from.x + from.y + to.x + to.y))
    .map(({ from, to }) => ({ from, to, depth: (from.depth + to.depth) / 2 }))
    .sort((a, b) => a.depth - b.depth);
  const lines = seen.map(
    ({ from, to, depth }) =>
      html`<path class="bone ${kind}${depth < -0.05 ? ' far' : ''}" d="M${pixel(from.x)} ${pixel(from.y)}L${pixel(to.x)} ${pixel(to.y)}"/>`,
  );
  const head = joints[BODY17.head];
  if (kind.includes('ghost') || !Number.isFinite(head.x + head.y)) return lines;
  return [...lines, html`<circle class="${kind}-fill" cx="${pixel(head.x)}" cy="${pixel(head.y)}" r="4"/>`];
}

const pixel = (value: number): number => Math.round(value * 10) / 10;
