import { BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS } from '../../../motion/skeleton/body17.ts';
import { frontYaw, poseBetween, type WindowView, windowFrameCount, windowView } from './window-view.ts';

export interface WindowLook {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Turned from the front, radians. */
  readonly turn: number;
  /** Moment between the first frame, 0, and the last; null shows first and last frame alone. */
  readonly moment: number | null;
  readonly colors: { readonly bone: string; readonly dim: string };
}

const POSE = BODY17_COUNT * 3;
/** The body's right is drawn thinner, so that the sides are told apart without a second colour. */
const IS_RIGHT = BODY17_NAMES.map((name) => name.startsWith('right'));
const FIRST_FRAME_ALPHA = 0.45;

/** First frame faint, last frame or the moment between in full. */
export function drawWindow(context: CanvasRenderingContext2D, poses: Float32Array, look: WindowLook): void {
  const { width, height, turn, moment, colors } = look;
  const view = windowView(poses, frontYaw(poses) + turn, width, height);
  const last = windowFrameCount(poses) - 1;
  const pose = new Float32Array(POSE);
  context.clearRect(0, 0, width, height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const isLarge = height > 150;

  poseBetween(pose, poses, 0);
  context.globalAlpha = FIRST_FRAME_ALPHA;
  context.strokeStyle = colors.dim;
  drawPose(context, pose, view, isLarge ? 2.5 : 1.25);
  poseBetween(pose, poses, moment ?? last);
  context.globalAlpha = 1;
  context.strokeStyle = colors.bone;
  drawPose(context, pose, view, isLarge ? 4 : 2);
}

function drawPose(
  context: CanvasRenderingContext2D,
  pose: Float32Array,
  { project }: WindowView,
  lineWidth: number,
): void {
  for (const isRight of [true, false]) {
    context.lineWidth = isRight ? lineWidth * 0.6 : lineWidth;
    context.beginPath();
    BODY17_PARENTS.forEach((parent, joint) => {
      if (parent < 0 || IS_RIGHT[joint] !== isRight) return;
      context.moveTo(...project(pose[parent * 3], pose[parent * 3 + 1], pose[parent * 3 + 2]));
      context.lineTo(...project(pose[joint * 3], pose[joint * 3 + 1], pose[joint * 3 + 2]));
    });
    context.stroke();
  }
}
