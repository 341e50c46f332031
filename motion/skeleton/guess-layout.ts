import type { LayoutName } from './layouts.ts';

export interface LayoutGuess {
  readonly layout: LayoutName;
  /** One sentence for the user. */
  readonly reason: string;
  readonly confidence: 'high' | 'low';
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
