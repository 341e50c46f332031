import { BODY17, BODY17_COUNT, BODY17_PARENTS } from './body17.ts';
import { layoutToBody17 } from './layout-to-body17.ts';
import { LAYOUTS, type LayoutName } from './layouts.ts';

/**
 * What a layout joint follows: a body-17 joint it is, or the body-17 segment it moves with rigidly. `anchor` is
 * the point of the segment that carries it: 0 at `from`, 1 at `to`.
 */
type Carrier =
  | { readonly joint: number }
  | { readonly from: number; readonly to: number; readonly anchor: number };

/**
 * Segments of the joints body-17 does not have, by name without side. Face joints hang on the middle of
 * neck-head: where the ears are, when neck and head were derived from them, so a shift of the ears comes back
 * in full. A sided segment is written for the left.
 */
const CARRIERS: Readonly<Record<string, readonly [from: string, to: string, anchor: number]>> = {
  nose: ['neck', 'head', 0.5],
  Eye: ['neck', 'head', 0.5],
  EyeInner: ['neck', 'head', 0.5],
  EyeOuter: ['neck', 'head', 0.5],
  Ear: ['neck', 'head', 0.5],
  Mouth: ['neck', 'head', 0.5],
  Hand: ['Elbow', 'Wrist', 1],
  Pinky: ['Elbow', 'Wrist', 1],
  Index: ['Elbow', 'Wrist', 1],
  Thumb: ['Elbow', 'Wrist', 1],
  Foot: ['Knee', 'Ankle', 1],
  FootIndex: ['Knee', 'Ankle', 1],
  BigToe: ['Knee', 'Ankle', 1],
  SmallToe: ['Knee', 'Ankle', 1],
  Heel: ['Knee', 'Ankle', 1],
  Collar: ['spine', 'thorax', 1],
  spine1: ['pelvis', 'spine', 0.5],
  spine3: ['spine', 'thorax', 0.5],
  HandTip: ['Elbow', 'Wrist', 1],
  HandRoot: ['Elbow', 'Wrist', 1],
  Middle: ['Elbow', 'Wrist', 1],
  Ring: ['Elbow', 'Wrist', 1],
  AnkleLsp: ['Knee', 'Ankle', 1],
  KneeLsp: ['Hip', 'Knee', 1],
  HipLsp: ['pelvis', 'Hip', 1],
  WristLsp: ['Elbow', 'Wrist', 1],
  ElbowLsp: ['Shoulder', 'Elbow', 1],
  ShoulderLsp: ['thorax', 'Shoulder', 1],
  thoraxMpii: ['spine', 'thorax', 1],
  midHip: ['pelvis', 'spine', 0],
  neck: ['thorax', 'neck', 0],
  head: ['neck', 'head', 0.5],
  headTop: ['neck', 'head', 1],
  ...Object.fromEntries(
    [
      ['noseCoco', 'EyeCoco', 'EarCoco'],
      ['Contour', 'chin', 'Eyebrow', 'noseBridge', 'Nostril', 'noseBase', 'Eyelid'],
      ['Lip', 'lipTop', 'lipBottom', 'InnerLip', 'innerLipTop', 'innerLipBottom'],
    ]
      .flat()
      .map((part) => [part, ['neck', 'head', 0.5]] as const),
  ),
};

/** Below this cosine between old and new direction the turn has no unique axis; the joint is only shifted. */
const OPPOSITE_COSINE = -0.9999;

/**
 * Carries a change of body-17 joints back to a layout's own joints.
 * `original` has shape [frame][layout joint][dimension]; `original17` is `toBody17` of it and `refined17` what
 * became of that, both [frame][17][dimension], all in one unit. Returns an array like `original`:
 * joints that are body-17 joints take the refined position exactly, the others move rigidly with their segment
 * (shifted, and turned by the least rotation). Joints whose carrier did not change are copied bit by bit, and a
 * NaN joint stays NaN.
 * Throws RangeError when the lengths do not fit each other.
 */
export function fromBody17(
  original: ArrayLike<number>,
  refined17: ArrayLike<number>,
  original17: ArrayLike<number>,
  layout: LayoutName,
  dimensions: 2 | 3 = 3,
): Float64Array {
  const joints = LAYOUTS[layout].names.length;
  const frameCount = original.length / (joints * dimensions);
  const length17 = frameCount * BODY17_COUNT * dimensions;
  if (!Number.isInteger(frameCount) || refined17.length !== length17 || original17.length !== length17) {
    throw new RangeError(
      `${layout} positions hold ${original.length} numbers, original and refined body-17 positions ${original17.length} and ${refined17.length}, in ${dimensions} dimensions: not the same number of frames`,
    );
  }
  const carriers = layoutCarriers(layout);
  const out = Float64Array.from(original);
  for (let frame = 0; frame < frameCount; frame++) {
    const first17 = frame * BODY17_COUNT * dimensions;
    for (let joint = 0; joint < joints; joint++) {
      const at = (frame * joints + joint) * dimensions;
      const carrier = carriers[joint];
      if (hasNaN(original, at, dimensions)) continue;
      if ('joint' in carrier) {
        const source = first17 + carrier.joint * dimensions;
        for (let axis = 0; axis < dimensions; axis++) out[at + axis] = refined17[source + axis];
      } else {
        moveWithSegment(out, at, refined17, original17, first17, carrier, dimensions);
      }
    }
  }
  return out;
}

/** Per layout joint, what it follows. Throws for a layout joint without a carrier. */
export function layoutCarriers(layout: LayoutName): readonly Carrier[] {
  const { names } = LAYOUTS[layout];
  const { weights } = layoutToBody17(layout);
  return names.map((name, joint) => {
    const same = weights.findIndex((blend) => blend.length === 1 && blend[0].joint === joint);
    if (same >= 0) return { joint: same };
    const [, side = '', part] = /^(left|right)?(.*)$/.exec(name)!;
    // Joints of one finger or line of the face are numbered.
    const carrier = CARRIERS[part] ?? CARRIERS[part.replace(/\d+$/, '')];
    if (!carrier) throw new Error(`${layout} joint ${name} follows no body-17 segment`);
    const [from, to, anchor] = carrier;
    return { from: body17Index(from, side), to: body17Index(to, side), anchor };
  });
}

function body17Index(name: string, side: string): number {
  return BODY17[(/^[A-Z]/.test(name) ? side + name : name) as keyof typeof BODY17];
}

function moveWithSegment(
  out: Float64Array,
  at: number,
  refined17: ArrayLike<number>,
  original17: ArrayLike<number>,
  first17: number,
  segment: { readonly from: number; readonly to: number; readonly anchor: number },
  dimensions: 2 | 3,
): void {
  const from = first17 + segment.from * dimensions;
  const to = first17 + segment.to * dimensions;
  const isWhole = ![from, to].some(
    (index) => hasNaN(original17, index, dimensions) || hasNaN(refined17, index, dimensions),
  );
  if (!isWhole) {
    shiftWithAncestor(out, at, refined17, original17, first17, segment, dimensions);
    return;
  }
  if (
    isUnchanged(refined17, original17, from, dimensions) &&
    isUnchanged(refined17, original17, to, dimensions)
  )
    return;

  const arm = [0, 0, 0];
  const before = [0, 0, 0];
  const after = [0, 0, 0];
  const carried = [0, 0, 0];
  for (let axis = 0; axis < dimensions; axis++) {
    before[axis] = original17[to + axis] - original17[from + axis];
    after[axis] = refined17[to + axis] - refined17[from + axis];
    arm[axis] = out[at + axis] - (original17[from + axis] + segment.anchor * before[axis]);
    carried[axis] = refined17[from + axis] + segment.anchor * after[axis];
  }
  rotateByLeastTurn(arm, before, after);
  for (let axis = 0; axis < dimensions; axis++) out[at + axis] = carried[axis] + arm[axis];
}

/** For a segment with a missing end: shifts by the nearest joint towards the pelvis that is seen before and after. */
function shiftWithAncestor(
  out: Float64Array,
  at: number,
  refined17: ArrayLike<number>,
  original17: ArrayLike<number>,
  first17: number,
  segment: { readonly from: number; readonly to: number },
  dimensions: 2 | 3,
): void {
  for (let joint = segment.to; joint >= 0; joint = BODY17_PARENTS[joint]) {
    const source = first17 + joint * dimensions;
    if (hasNaN(original17, source, dimensions) || hasNaN(refined17, source, dimensions)) continue;
    for (let axis = 0; axis < dimensions; axis++) {
      out[at + axis] += refined17[source + axis] - original17[source + axis];
    }
    return;
  }
}

/** Turns `vector` by the least rotation that takes the direction `before` to `after` (Rodrigues' formula). */
function rotateByLeastTurn(vector: number[], before: readonly number[], after: readonly number[]): void {
  const lengths = Math.hypot(...before) * Math.hypot(...after);
  if (lengths === 0) return;
  const cosine = (before[0] * after[0] + before[1] * after[1] + before[2] * after[2]) / lengths;
  if (cosine < OPPOSITE_COSINE) return;
  const sineAxis = cross(before, after).map((value) => value / lengths);
  const once = cross(sineAxis, vector);
  const twice = cross(sineAxis, once);
  for (let axis = 0; axis < 3; axis++) vector[axis] += once[axis] + twice[axis] / (1 + cosine);
}

function cross(a: readonly number[], b: readonly number[]): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function hasNaN(values: ArrayLike<number>, at: number, dimensions: number): boolean {
  for (let axis = 0; axis < dimensions; axis++) if (Number.isNaN(values[at + axis])) return true;
  return false;
}

function isUnchanged(a: ArrayLike<number>, b: ArrayLike<number>, at: number, dimensions: number): boolean {
  for (let axis = 0; axis < dimensions; axis++) if (a[at + axis] !== b[at + axis]) return false;
  return true;
}
