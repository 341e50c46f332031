import type { RefineReport } from '../../contract/report.ts';
import type { TakeQuality } from '../../contract/takes.ts';
import { meanPerFrame } from '../../motion/metrics/joint-distances.ts';
import { DEFAULT_SPAN_OPTIONS, lowQualitySpans } from '../../motion/quality/low-quality-spans.ts';
import { poseQuality } from '../../motion/quality/pqe.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { GiveWay } from './give-way.ts';

/** What a refiner found, in mm. */
export interface QualityFindings {
  /** [frame][17]. */
  readonly disagreementMm: Float64Array;
  /** Size of each joint's correction and disagreement together, [frame][17]. */
  readonly jointScoresMm: Float64Array;
  /** [frame]. */
  readonly expectedErrorMm: Float64Array | null;
  readonly expectedErrorAfterMm: Float64Array | null;
  /** Least scale of PQE. */
  readonly floorMm: number;
  /** Whether `disagreementMm` are errors the network tells, so that PQE has one scale for all clips. */
  readonly tellsErrors: boolean;
}

/** Without branches there is no calibrated error; a filter's own correction above this is worth a look, mm. */
export const FILTER_FLOOR_MM = 15;
/** Frames between two pauses. */
const FRAMES_PER_STEP = 1024;

/** The report's fields about the input's quality. */
export type ReportedQuality = Pick<
  RefineReport,
  'pqe' | 'pqeJoints' | 'expectedErrorMm' | 'expectedErrorAfterMm' | 'lowQuality'
>;

/** PQE, expected errors and low-quality spans, as arrays and as the report writes them. */
export async function describeQuality(
  findings: QualityFindings,
  frameTime: number,
  giveWay: GiveWay,
): Promise<{ readonly quality: TakeQuality; readonly reported: ReportedQuality }> {
  const { disagreementMm, jointScoresMm, expectedErrorMm, expectedErrorAfterMm, floorMm, tellsErrors } =
    findings;
  const frameCount = disagreementMm.length / BODY17_COUNT;
  const pqe = poseQuality(disagreementMm, BODY17_COUNT, floorMm, tellsErrors);
  await giveWay();
  const badness = expectedErrorMm ?? meanPerFrame(disagreementMm, frameCount);
  const options =
    expectedErrorMm === null ? { ...DEFAULT_SPAN_OPTIONS, floor: FILTER_FLOOR_MM } : DEFAULT_SPAN_OPTIONS;
  const pqeJoints: number[][] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    const joints = pqe.joints.subarray(frame * BODY17_COUNT, (frame + 1) * BODY17_COUNT);
    pqeJoints.push(Array.from(joints, (value) => Number(value.toFixed(3))));
    if (frame % FRAMES_PER_STEP === 0) await giveWay();
  }
  return {
    quality: {
      pqe: Float32Array.from(pqe.frames),
      pqeJoints: Float32Array.from(pqe.joints),
      expectedErrorMm: Float32Array.from(expectedErrorMm ?? []),
      expectedErrorAfterMm: Float32Array.from(expectedErrorAfterMm ?? []),
      jointErrorMm: shareErrors(jointScoresMm, expectedErrorMm),
    },
    reported: {
      pqe: Array.from(pqe.frames, (value) => Number(value.toFixed(4))),
      pqeJoints,
      expectedErrorMm: Array.from(expectedErrorMm ?? [], (value) => Number(value.toFixed(1))),
      expectedErrorAfterMm: Array.from(expectedErrorAfterMm ?? [], (value) => Number(value.toFixed(1))),
      lowQuality: lowQualitySpans(badness, frameTime, options),
    },
  };
}

/** Joints' scores scaled, frame by frame, so that their mean is the frame's error; as they are without one. */
export function shareErrors(jointScoresMm: Float64Array, errorsMm: Float64Array | null): Float32Array {
  const out = Float32Array.from(jointScoresMm);
  if (errorsMm === null) return out;
  for (let frame = 0; frame < errorsMm.length; frame++) {
    const first = frame * BODY17_COUNT;
    let sum = 0;
    for (let at = first; at < first + BODY17_COUNT; at++) sum += jointScoresMm[at];
    for (let at = first; at < first + BODY17_COUNT; at++) {
      // Nothing tells the joints apart where none was corrected.
      const share = sum > 0 ? (jointScoresMm[at] * BODY17_COUNT) / sum : 1;
      out[at] = share * errorsMm[frame];
    }
  }
  return out;
}
