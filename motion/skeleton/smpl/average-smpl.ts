import type { SmplModel } from '../../formats/tracks.ts';
import type { Skeleton } from '../skeleton.ts';
import { checkSmplJointCount, type RestPoint, type SmplBody, smplSkeleton } from './smpl-body.ts';
import { FINGERS, smplJointCount, smplJointNames } from './smpl-joints.ts';

/**
 * An average adult of 1.70 m in the rest pose of SMPL, from anthropometric tables and not from a model file.
 *
 * Heights, foot and hand are parts of the stature as in Drillis & Contini (1966, the table of Winter's
 * "Biomechanics and Motor Control of Human Movement"); lengths between joint centres are the means of both
 * sexes in de Leva (1996). Fingers and face are approximate.
 *
 * Accuracy: rotations of a file are kept exactly; joints stand where an average body would have them, not the filmed
 * one's, and the shape coefficients of a file are not applied. Joints of SMPL's neutral body are expected within about
 * 3 cm for the limbs and 4 cm for the trunk, which is not measured, as the model may not be shipped. For exact places
 * give the model file (`smplBody`).
 */
const STATURE = 1.7;

/** Parts of the stature above the floor. */
const HEIGHT = {
  toe: 0.01,
  ball: 0.013,
  ankle: 0.039,
  knee: 0.285,
  hip: 0.52,
  // The joint of SMPL that is called pelvis lies above the line of the hips.
  pelvis: 0.57,
  shoulder: 0.818,
  collar: 0.81,
  // The seventh cervical vertebra.
  neck: 0.86,
  // Where the skull turns on the neck, a little below the ear.
  head: 0.91,
  jaw: 0.905,
  eye: 0.936,
  top: 1,
} as const;

/** Parts of the stature to the left of the middle. */
const SIDE = {
  hip: 0.05,
  collar: 0.04,
  // Half the breadth over the acromia, 0.129, less the way from there to the joint centre.
  shoulder: 0.105,
  eye: 0.018,
} as const;

const UPPER_ARM = 0.16;
const FOREARM = 0.153;
const HAND = 0.108;
const PALM = 0.05;
/** In front of the ankle; the whole foot has 0.152, a quarter of it behind the ankle. */
const BALL_FORWARD = 0.068;
const TOE_FORWARD = 0.114;

/** Height of spine1, spine2 and spine3 as parts of the way from pelvis to neck. */
const SPINE = [0.2, 0.5, 0.6] as const;

/** For each finger: where it begins beside the middle of the palm (towards the thumb), and its length. */
const FINGER_SHAPE: Readonly<Record<string, { forward: number; length: number }>> = {
  Index: { forward: 0.014, length: 0.052 },
  Middle: { forward: 0.001, length: HAND - PALM },
  Ring: { forward: -0.011, length: 0.053 },
  Pinky: { forward: -0.022, length: 0.042 },
};
/** Joints of a finger and its tip along its length. */
const PHALANGES = [0, 0.45, 0.73, 1] as const;
const THUMB_START: RestPoint = [0.014, -0.006, 0.014];
const THUMB_LENGTH = 0.06;

/**
 * From the mesh's origin to the pelvis, metres, rounded to centimetres. It only decides which constant place a
 * translation means: motion does not depend on it.
 */
const PELVIS_OFFSET: Readonly<Record<SmplModel, RestPoint>> = {
  smpl: [0, -0.22, 0.03],
  smplh: [0, -0.22, 0.03],
  smplx: [0, -0.35, 0.01],
};

export function averagePelvisOffset(model: SmplModel): RestPoint {
  return PELVIS_OFFSET[model];
}

/** @param jointCount all of the model, or 22 for SMPL-H and SMPL-X without hands and face */
export function averageSmplBody(model: SmplModel, jointCount = smplJointCount(model)): SmplBody {
  return {
    model,
    skeleton: averageSmplSkeleton(model, jointCount),
    jointCount,
    pelvisOffset: PELVIS_OFFSET[model],
    source: 'average',
  };
}

/** Metres; T-pose, arms along ±X, Y up, facing +Z, left towards +X. */
export function averageSmplSkeleton(model: SmplModel, jointCount = smplJointCount(model)): Skeleton {
  checkSmplJointCount(model, jointCount);
  const points = averagePoints();
  const at = (name: string): RestPoint => {
    const [x, y, z] = points.get(name)!;
    return [x * STATURE, (y - HEIGHT.pelvis) * STATURE, z * STATURE];
  };
  const names = smplJointNames(model).slice(0, jointCount);
  const tips = [...points.keys()].flatMap((name) => (name.endsWith('.end') ? [name.slice(0, -4)] : []));
  // A wrist ends in a finger tip only where it is the last joint of the arm.
  const ended = tips.filter((name) => !name.endsWith('Wrist') || jointCount === 22);
  return smplSkeleton(model, names.map(at), new Map(ended.map((name) => [name, at(`${name}.end`)])));
}

/** Rest places in parts of the stature, the floor at 0; tips as `<joint>.end`. */
function averagePoints(): ReadonlyMap<string, RestPoint> {
  const points = new Map<string, RestPoint>();
  const both = (name: string, [x, y, z]: RestPoint) => {
    points.set(`left${name}`, [x, y, z]);
    points.set(`right${name}`, [-x, y, z]);
  };
  points.set('pelvis', [0, HEIGHT.pelvis, 0]);
  SPINE.forEach((share, index) => {
    const height = HEIGHT.pelvis + share * (HEIGHT.neck - HEIGHT.pelvis);
    points.set(`spine${index + 1}`, [0, height, -0.01]);
  });
  points.set('neck', [0, HEIGHT.neck, -0.018]);
  points.set('head', [0, HEIGHT.head, 0.005]);
  points.set('head.end', [0, HEIGHT.top, 0.01]);
  points.set('jaw', [0, HEIGHT.jaw, 0.015]);
  points.set('jaw.end', [0, HEIGHT.jaw - 0.03, 0.06]);
  both('Eye', [SIDE.eye, HEIGHT.eye, 0.055]);
  both('Hip', [SIDE.hip, HEIGHT.hip, 0]);
  both('Knee', [SIDE.hip, HEIGHT.knee, 0]);
  both('Ankle', [SIDE.hip, HEIGHT.ankle, -0.01]);
  both('Foot', [SIDE.hip + 0.008, HEIGHT.ball, BALL_FORWARD - 0.01]);
  both('Foot.end', [SIDE.hip + 0.008, HEIGHT.toe, TOE_FORWARD - 0.01]);
  const arm = (reach: number, forward = 0, up = 0): RestPoint => [
    SIDE.shoulder + reach,
    HEIGHT.shoulder + up,
    -0.015 + forward,
  ];
  both('Collar', [SIDE.collar, HEIGHT.collar, -0.012]);
  both('Shoulder', arm(0));
  both('Elbow', arm(UPPER_ARM));
  both('Wrist', arm(UPPER_ARM + FOREARM));
  const palm = UPPER_ARM + FOREARM + PALM;
  both('Wrist.end', arm(UPPER_ARM + FOREARM + HAND));
  both('Hand', arm(palm));
  both('Hand.end', arm(UPPER_ARM + FOREARM + HAND));
  for (const finger of FINGERS) {
    PHALANGES.forEach((share, joint) => {
      const name = `${finger}${joint === 3 ? '3.end' : joint + 1}`;
      const shape = FINGER_SHAPE[finger];
      if (shape) both(name, arm(palm + share * shape.length, shape.forward));
      // The thumb points half forward.
      const [reach, up, forward] = THUMB_START;
      const along = share * THUMB_LENGTH * Math.SQRT1_2;
      if (!shape) both(name, arm(UPPER_ARM + FOREARM + reach + along, forward + along, up));
    });
  }
  return points;
}
