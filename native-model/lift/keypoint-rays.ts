import {
  LARGEST_SHARE,
  type Picture,
  type PointUnit,
  raysOfPixels,
  readPicture,
} from '../../motion/lift/picture.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { layoutToBody17, toBody17 } from '../../motion/skeleton/layout-to-body17.ts';
import { type LayoutName, layoutJointCount } from '../../motion/skeleton/layouts.ts';

/** 2D keypoints of one person. */
export interface Keypoints2d {
  readonly layout: LayoutName;
  readonly frameCount: number;
  /** Seconds. */
  readonly frameTime: number;
  /** Pixels, Y down, [frame][layout joint][xy]; NaN = not seen. */
  readonly positions: Float64Array;
  /** 0..1, [frame][layout joint]; null where the detector told none. */
  readonly confidence: Float64Array | null;
  /** Pixels; null when unknown: then assumed from the points, and said. */
  readonly imageSize: readonly [number, number] | null;
}

/** What the network and the search for the root read. */
export interface KeypointRays {
  /** x and y of the ray (x, y, -1) in camera axes, [frame][17][xy]; NaN where not seen. */
  readonly rays: Float64Array;
  /** 0 where not seen, [frame][17]. */
  readonly confidence: Float64Array;
  readonly derived: readonly boolean[];
  readonly picture: Picture;
  readonly unit: PointUnit;
  /** The file's Y grew upwards. */
  readonly wasUpsideDown: boolean;
}

/** Below this a keypoint is a guess of the detector and counts as not seen. */
const LEAST_CONFIDENCE = 0.05;
/** Share of the frames with the head under the feet from which the picture, not the person, is upside down. */
const UPSIDE_DOWN_SHARE = 0.8;

/**
 * Body-17 rays of keypoints in any layout. A joint made of several is seen when all of them are, as sure as the least
 * sure of them.
 *
 * @param focalOfLongerSide focal length as a share of the picture's longer side
 */
export function keypointRays(keypoints: Keypoints2d, focalOfLongerSide: number): KeypointRays {
  const { layout, frameCount, imageSize } = keypoints;
  checkSizes(keypoints);
  const sure = layoutConfidence(keypoints);
  const seen = keypoints.positions.map((value, at) => (sure[at >> 1] > 0 ? value : Number.NaN));
  const { points, unit, picture } = readPicture(seen, imageSize, focalOfLongerSide);
  const body = toBody17(points, frameCount, layout, 2);
  const wasUpsideDown = isUpsideDown(body.positions);
  const pixels = wasUpsideDown
    ? body.positions.map((value, at) => (at % 2 === 0 ? value : picture.size[1] - value))
    : body.positions;
  return {
    rays: raysOfPixels(pixels, picture),
    confidence: bodyConfidence(sure, layout, frameCount),
    derived: body.derived,
    picture,
    unit,
    wasUpsideDown,
  };
}

function checkSizes({ layout, frameCount, frameTime, positions, confidence }: Keypoints2d): void {
  const points = frameCount * layoutJointCount(layout);
  if (!(frameTime > 0)) throw new RangeError(`frame time ${frameTime}, expected seconds above 0`);
  if (positions.length !== points * 2 || (confidence !== null && confidence.length !== points)) {
    throw new RangeError(
      `${positions.length} numbers and ${confidence?.length ?? 'no'} confidences, expected ${frameCount} frames of ${points / frameCount} ${layout} joints`,
    );
  }
}

/** Confidence of each layout joint, 0 where it was not seen, [frame][layout joint]. */
function layoutConfidence({ positions, confidence }: Keypoints2d): Float64Array {
  const out = new Float64Array(positions.length / 2);
  // The very corner of a picture is how many detectors say that they saw nothing.
  const arePixels = positions.some((value) => value > LARGEST_SHARE);
  for (let at = 0; at < out.length; at++) {
    const [x, y] = [positions[at * 2], positions[at * 2 + 1]];
    const isPlace = Number.isFinite(x) && Number.isFinite(y) && !(arePixels && x === 0 && y === 0);
    // A detector that does not know how sure it is says NaN; what it says is then as good as any.
    const told = confidence === null || Number.isNaN(confidence[at]) ? 1 : Math.min(1, confidence[at]);
    out[at] = isPlace && told >= LEAST_CONFIDENCE ? told : 0;
  }
  return out;
}

function bodyConfidence(sure: Float64Array, layout: LayoutName, frameCount: number): Float64Array {
  const joints = layoutJointCount(layout);
  const { weights } = layoutToBody17(layout);
  const out = new Float64Array(frameCount * BODY17_COUNT);
  for (let at = 0; at < out.length; at++) {
    const first = Math.floor(at / BODY17_COUNT) * joints;
    out[at] = Math.min(...weights[at % BODY17_COUNT].map(({ joint }) => sure[first + joint]));
  }
  return out;
}

/** Whether the shoulders lie below the hips and the hips below the ankles nearly throughout, with Y down. */
function isUpsideDown(pixels: Float64Array): boolean {
  let counted = 0;
  let inverted = 0;
  const y = (frame: number, joint: number): number => pixels[(frame * BODY17_COUNT + joint) * 2 + 1];
  for (let frame = 0; frame < pixels.length / (BODY17_COUNT * 2); frame++) {
    const feet = Math.max(y(frame, BODY17.leftAnkle), y(frame, BODY17.rightAnkle));
    const hips = (y(frame, BODY17.leftHip) + y(frame, BODY17.rightHip)) / 2;
    const shoulders = (y(frame, BODY17.leftShoulder) + y(frame, BODY17.rightShoulder)) / 2;
    if (Number.isNaN(feet + hips + shoulders)) continue;
    counted++;
    if (shoulders > hips && hips > feet) inverted++;
  }
  return counted > 0 && inverted > UPSIDE_DOWN_SHARE * counted;
}
