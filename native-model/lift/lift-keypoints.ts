import { PoseMendError } from '../../contract/errors.ts';
import { commonUp, levelRotation, turnPoint } from '../../motion/lift/level.ts';
import { solveRootInCamera } from '../../motion/lift/root-in-camera.ts';
import { standOnFloor } from '../../motion/lift/stand-on-floor.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { type Device, OnnxSession } from '../inference/onnx-session.ts';
import { type KeypointRays, type Keypoints2d, keypointRays } from './keypoint-rays.ts';
import { liftWindows } from './lift-windows.ts';
import { readLifterCard } from './lifter-card.ts';

export type { Keypoints2d } from './keypoint-rays.ts';

/** 3D motion made of 2D keypoints. */
export interface LiftedMotion {
  /** Metres, Y up, right-handed, floor near y = 0, [frame][17][xyz]; NaN where a whole frame has nobody. */
  readonly body17: Float64Array;
  /** True where the layout lacks the joint and its 2D place was computed from others. */
  readonly derived: readonly boolean[];
  /** Sentences a user should read: assumed focal length, scale, gaps, low confidence. */
  readonly notices: readonly string[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface LiftOptions {
  readonly signal?: AbortSignal;
  /** Share of the work done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly device?: Device;
  /** Pixels; assumed unless given. */
  readonly focalLength?: number;
}

const POSE = BODY17_COUNT * 3;
/** A frame with fewer joints than this shows nobody: they could be anyone's. */
const LEAST_JOINTS = 3;
/** Mean confidence below which the user is told. */
const LOW_CONFIDENCE = 0.5;

/**
 * Lifts 2D keypoints to 3D: the network's pose of every frame in camera axes, the root's path from the keypoints and
 * an assumed lens, turned upright by the network's idea of up, feet on the floor. One picture does not tell a small
 * person nearby from a tall one far off: the body has an average size, and so has the path.
 *
 * @throws PoseMendError: 'failed' where the network is missing or damaged, 'cancelled'. RangeError for arrays that do
 *   not fit the layout.
 */
export async function liftKeypoints(
  keypoints: Keypoints2d,
  options: LiftOptions = {},
): Promise<LiftedMotion> {
  const { frameCount, frameTime } = keypoints;
  const model = readLifterCard();
  const notices: string[] = [];
  const rays = withFocalLength(keypointRays(keypoints, model.card.assumedFocal), options.focalLength);
  const present = framesWithSomebody(rays.confidence, frameCount);
  const presentCount = present.reduce((sum, isPresent) => sum + isPresent, 0);
  if (presentCount === 0) {
    const body17 = new Float64Array(frameCount * POSE).fill(Number.NaN);
    return { body17, derived: rays.derived, notices: ['nobody is seen in any frame'], facts: [] };
  }

  const session = await OnnxSession.open(model, options.device ?? 'auto', (notice) => notices.push(notice));
  const lifted = await liftWindows(
    rays.rays,
    rays.confidence,
    frameTime,
    session,
    model.card,
    async (share) => {
      options.onProgress?.(share);
      await new Promise(setImmediate);
      if (options.signal?.aborted) throw new PoseMendError('cancelled', 'the lifting was cancelled');
    },
  ).finally(() => session.dispose());

  const root = solveRootInCamera(lifted.pose, rays.rays, rays.confidence, frameTime);
  const { up, isBelieved } = commonUp(lifted.up, present);
  const body17 = inLevelWorld(lifted.pose, root, levelRotation(up), present);
  const floor = standOnFloor(body17);
  options.onProgress?.(1);

  const tilt = (Math.acos(up[1]) * 180) / Math.PI;
  if (!isBelieved) notices.push('which way is up could not be told; the picture is taken to be level');
  notices.push(...inputNotices(rays, present, options.focalLength));
  const slopeDegrees = (Math.atan(Math.hypot(...floor.slope)) * 180) / Math.PI;
  return {
    body17,
    derived: rays.derived,
    notices,
    facts: [
      { name: 'lifted by', value: `${model.card.name} ${model.card.version}` },
      {
        name: 'focal length',
        value: `${Math.round(rays.picture.focalLength)} px${options.focalLength === undefined ? ' (assumed)' : ''}`,
      },
      { name: 'camera tilt', value: `${tilt.toFixed(0)}° (estimated)` },
      { name: 'slope taken out of the path', value: `${slopeDegrees.toFixed(1)}°` },
    ],
  };
}

/** The same rays under a known focal length. */
function withFocalLength(found: KeypointRays, focalLength: number | undefined): KeypointRays {
  if (focalLength === undefined) return found;
  if (!(focalLength > 0)) throw new RangeError(`focal length ${focalLength}, expected pixels above 0`);
  const scale = found.picture.focalLength / focalLength;
  return {
    ...found,
    rays: found.rays.map((value) => value * scale),
    picture: { ...found.picture, focalLength },
  };
}

/** 1 where enough joints are seen, [frame]. */
function framesWithSomebody(confidence: Float64Array, frameCount: number): Uint8Array {
  return Uint8Array.from({ length: frameCount }, (_, frame) => {
    const joints = confidence.subarray(frame * BODY17_COUNT, (frame + 1) * BODY17_COUNT);
    return joints.reduce((sum, sure) => sum + Number(sure > 0), 0) >= LEAST_JOINTS ? 1 : 0;
  });
}

/** Pose plus root, turned; NaN in frames without anybody. */
function inLevelWorld(
  pose: Float64Array,
  root: Float64Array,
  level: readonly number[],
  present: Uint8Array,
): Float64Array {
  const out = new Float64Array(pose.length).fill(Number.NaN);
  for (let frame = 0; frame < present.length; frame++) {
    if (present[frame] === 0) continue;
    for (let at = frame * POSE; at < (frame + 1) * POSE; at += 3) {
      for (let axis = 0; axis < 3; axis++) out[at + axis] = pose[at + axis] + root[frame * 3 + axis];
      turnPoint(out, at, level, out, at);
    }
  }
  return out;
}

/** What the user should know of the input, and what was made up for it. */
function inputNotices(
  { picture, unit, wasUpsideDown, confidence }: KeypointRays,
  present: Uint8Array,
  focalLength: number | undefined,
): string[] {
  const notices = [
    'one camera does not tell size from distance: the body has an average size, and the path follows from it; the camera is taken to stand still',
  ];
  const [width, height] = picture.size.map(Math.round);
  const size = picture.isSizeAssumed
    ? `the picture's size is unknown and taken as ${width} × ${height}`
    : null;
  const unitNotice = {
    pixels: null,
    shares: 'the keypoints are shares of the picture, not pixels',
    centred: 'the keypoints are measured from the middle of the picture in half widths',
  }[unit];
  if (unitNotice !== null) notices.push(unitNotice);
  if (size !== null) notices.push(size);
  if (focalLength === undefined) {
    const focal = Math.round(picture.focalLength);
    notices.push(
      `the focal length is unknown and taken as ${focal} px: distances from the camera may be off by a factor`,
    );
  }
  if (wasUpsideDown) notices.push('the keypoints stand on their heads: their Y is taken to grow upwards');
  const missing = present.reduce((sum, isPresent) => sum + 1 - isPresent, 0);
  if (missing > 0) notices.push(`nobody is seen in ${missing} of ${present.length} frames, which stay empty`);
  const seen = confidence.filter((sure) => sure > 0);
  const mean = seen.reduce((sum, sure) => sum + sure, 0) / Math.max(1, seen.length);
  if (mean < LOW_CONFIDENCE)
    notices.push(`the keypoints are unsure: their mean confidence is ${mean.toFixed(2)}`);
  return notices;
}
