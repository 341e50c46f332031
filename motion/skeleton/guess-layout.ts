import { LAYOUTS, type LayoutName } from './layouts.ts';

export interface LayoutGuess {
  readonly layout: LayoutName;
  /** One sentence for the user. */
  readonly reason: string;
  readonly confidence: 'high' | 'low';
}

/**
 * Decides between layouts of the same number of joints.
 *
 * @param positions [frame][joint][dimension] in any unit; NaN is skipped
 * @param candidates at least one
 */
export function guessLayout(
  positions: Float64Array,
  candidates: readonly LayoutName[],
  dimensions: 2 | 3,
): LayoutGuess {
  const [first] = candidates;
  const jointCount = LAYOUTS[first].names.length;
  if (candidates.length === 1) {
    const reason = `the only known layout of ${jointCount} joints`;
    return { layout: first, reason, confidence: 'high' };
  }
  if (jointCount !== 17) return guessByBones(positions, candidates, dimensions);
  const guess = guessLayout17(positions, dimensions);
  if (candidates.includes(guess.layout)) return guess;
  return { layout: first, reason: `it looks like ${guess.layout}: ${guess.reason}`, confidence: 'low' };
}

/** Limb bones whose lengths are equal left and right and constant over time, whatever the pose. */
const LIMB_BONES = [
  ['Hip', 'Knee'],
  ['Knee', 'Ankle'],
  ['Shoulder', 'Elbow'],
  ['Elbow', 'Wrist'],
] as const;
/** The right layout's bones differ by less than half of what those of a wrong one do. */
const CLEAR_MISFIT = 0.5;
/** Frames looked at, spread over the clip. */
const SAMPLED_FRAMES = 200;

/** Read in a wrong order, limbs are chance connections: left and right differ, and lengths change from frame to frame. */
function guessByBones(
  positions: Float64Array,
  candidates: readonly LayoutName[],
  dimensions: 2 | 3,
): LayoutGuess {
  const ranked = candidates
    .map((layout) => ({ layout, misfit: boneMisfit(positions, layout, dimensions) }))
    .filter(({ misfit }) => !Number.isNaN(misfit))
    .toSorted((a, b) => a.misfit - b.misfit);
  if (ranked.length === 0) {
    const reason = `no frame has whole limbs; taken as ${candidates[0]}`;
    return { layout: candidates[0], reason, confidence: 'low' };
  }
  const [best, second] = ranked;
  const isClear = second !== undefined && best.misfit < CLEAR_MISFIT * second.misfit;
  const reason = `limbs are ${Math.round(100 * best.misfit)} % uneven as ${best.layout}, ${
    second === undefined ? 'missing otherwise' : `${Math.round(100 * second.misfit)} % as ${second.layout}`
  }`;
  return { layout: best.layout, reason, confidence: isClear ? 'high' : 'low' };
}

/** Mean relative spread of each limb bone's lengths, both sides and all frames together; NaN without any. */
function boneMisfit(positions: Float64Array, layout: LayoutName, dimensions: 2 | 3): number {
  const { names } = LAYOUTS[layout];
  const size = names.length * dimensions;
  const frames = positions.length / size;
  const step = Math.max(1, Math.floor(frames / SAMPLED_FRAMES));
  const spreads: number[] = [];
  for (const [from, to] of LIMB_BONES) {
    const lengths: number[] = [];
    for (const side of ['left', 'right']) {
      const start = names.indexOf(side + from) * dimensions;
      const end = names.indexOf(side + to) * dimensions;
      for (let frame = 0; frame < frames; frame += step) {
        let square = 0;
        for (let axis = 0; axis < dimensions; axis++)
          square += (positions[frame * size + end + axis] - positions[frame * size + start + axis]) ** 2;
        if (!Number.isNaN(square)) lengths.push(Math.sqrt(square));
      }
    }
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length;
    if (mean > 0) spreads.push(Math.sqrt(variance) / mean);
  }
  return spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
}

/**
 * Decides between layouts of 17 joints by what only one of them can have: in `coco17` the first five joints are
 * all in the face; in `h36m17` the hip at index 1 is on the side of the right shoulder (index 14), in
 * `h36m17-left` on the side of the left (index 11).
 *
 * @param positions [frame][17][dimension] in any unit; NaN frames are skipped
 */
export function guessLayout17(positions: Float64Array, dimensions: 2 | 3): LayoutGuess {
  const size = 17 * dimensions;
  let face = 0;
  let body = 0;
  let rightFirst = 0;
  let leftFirst = 0;
  const point = (frame: number, joint: number): number[] =>
    Array.from({ length: dimensions }, (_, axis) => positions[frame * size + joint * dimensions + axis]);
  const distance = (a: number[], b: number[]): number =>
    Math.hypot(...a.map((value, axis) => value - b[axis]));
  for (let frame = 0; (frame + 1) * size <= positions.length; frame++) {
    const joints = Array.from({ length: 17 }, (_, joint) => point(frame, joint));
    if (joints.some((joint) => joint.some(Number.isNaN))) continue;
    for (let joint = 1; joint <= 4; joint++) face += distance(joints[0], joints[joint]) / 4;
    body += distance(joints[0], joints[16]);
    const across = joints[1].map((value, axis) => value - joints[4][axis]);
    const shoulders = joints[14].map((value, axis) => value - joints[11][axis]);
    const dot = across.reduce((sum, value, axis) => sum + value * shoulders[axis], 0);
    if (dot > 0) rightFirst++;
    else leftFirst++;
  }
  if (body === 0) {
    return {
      layout: 'h36m17',
      reason: 'no frame has all 17 joints; taken as h36m17, right leg first',
      confidence: 'low',
    };
  }
  if (face < 0.25 * body) {
    return {
      layout: 'coco17',
      reason: 'the first five joints lie close together, as a face does',
      confidence: 'high',
    };
  }
  const layout = rightFirst >= leftFirst ? 'h36m17' : 'h36m17-left';
  const agreeing = Math.max(rightFirst, leftFirst) / (rightFirst + leftFirst);
  const side = layout === 'h36m17' ? 'right' : 'left';
  return {
    layout,
    reason: `in ${Math.round(100 * agreeing)} % of frames the hip at index 1 is on the side of the ${side} shoulder`,
    confidence: agreeing > 0.8 ? 'high' : 'low',
  };
}
