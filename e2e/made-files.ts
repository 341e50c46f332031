import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODY17 } from '../motion/skeleton/body17.ts';
import type { OpenedClip } from '../native-model/index.ts';

type Body17Name = keyof typeof BODY17;

const ROOT = join(import.meta.dirname, '..');

/** A file as an estimator or a data set of SMPL writes it. */
export function smplFixture(name: string): { name: string; bytes: Buffer } {
  return { name, bytes: readFileSync(join(ROOT, 'fixtures', 'smpl', name)) };
}

/** Whether the network that lifts 2D keypoints is there. */
export function canLift(): boolean {
  return existsSync(join(ROOT, 'assets', 'models', 'mixste', 'card.json'));
}

/** Pixels of an estimator for one person: x, y and confidence of each joint, [frame][joint * 3]. */
type Keypoints = readonly (readonly number[])[];

/** A joint of an estimator's model: a body joint, one of the face (metres towards the left shoulder), or never seen. */
type Source = Body17Name | { readonly face: number } | null;

const COCO17: readonly Source[] = [
  ...[0, 0.03, -0.03, 0.07, -0.07].map((face) => ({ face })),
  ...sided('Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'),
];

const BODY25: readonly Source[] = [
  { face: 0 },
  'thorax',
  'rightShoulder',
  'rightElbow',
  'rightWrist',
  'leftShoulder',
  'leftElbow',
  'leftWrist',
  'pelvis',
  'rightHip',
  'rightKnee',
  'rightAnkle',
  'leftHip',
  'leftKnee',
  'leftAnkle',
  ...[-0.03, 0.03, -0.07, 0.07].map((face) => ({ face })),
  ...new Array<Source>(6).fill(null),
];

/** AlphaPose's `alphapose-results.json` of two people: one as the clip is, one beside it for the first half alone. */
export function alphaPoseOfTwo(clip: OpenedClip, frames: number): Buffer {
  const people = [project(clip, frames, COCO17, 0), project(clip, frames / 2, COCO17, 1.2)];
  const entries = people.flatMap((person, index) =>
    person.map((keypoints, frame) => ({
      image_id: `${frame}.jpg`,
      category_id: 1,
      keypoints,
      score: 2.5,
      idx: index + 1,
    })),
  );
  return Buffer.from(JSON.stringify(entries));
}

/** What OpenPose writes with `--write_json`: a file for each frame. */
export function openPoseFiles(clip: OpenedClip, frames: number): { name: string; bytes: Buffer }[] {
  return project(clip, frames, BODY25, 0).map((pose_keypoints_2d, frame) => ({
    name: `walk_${String(frame).padStart(12, '0')}_keypoints.json`,
    bytes: Buffer.from(JSON.stringify({ version: 1.3, people: [{ person_id: [-1], pose_keypoints_2d }] })),
  }));
}

const FOCAL_PIXELS = 1000;
/** From the camera, which looks along -Z, to where the clip starts, metres. */
const DISTANCE = 7;

/** The clip as a camera of 1920 x 1080 pixels in front of it sees it, `aside` metres to its left. */
function project(
  { body17 }: OpenedClip,
  frames: number,
  joints: readonly Source[],
  aside: number,
): Keypoints {
  const start = [body17[0], body17[2]];
  return Array.from({ length: frames }, (_, frame) => {
    const place = (joint: Body17Name, axis: number): number =>
      body17[(frame * 17 + BODY17[joint]) * 3 + axis];
    return joints.flatMap((joint) => {
      if (joint === null) return [0, 0, 0];
      const [x, y, z] = [0, 1, 2].map((axis) => {
        if (typeof joint === 'string') return place(joint, axis);
        const side = place('leftShoulder', axis) - place('rightShoulder', axis);
        return (place('neck', axis) + place('head', axis)) / 2 + (side / 0.35) * joint.face;
      });
      const depth = DISTANCE - (z - start[1]);
      return [
        960 + (FOCAL_PIXELS * (x - start[0] + aside)) / depth,
        540 - (FOCAL_PIXELS * (y - 1)) / depth,
        0.9,
      ].map((value) => Number(value.toFixed(2)));
    });
  });
}

function sided(
  ...parts: readonly ('Shoulder' | 'Elbow' | 'Wrist' | 'Hip' | 'Knee' | 'Ankle')[]
): Body17Name[] {
  return parts.flatMap((part): Body17Name[] => [`left${part}`, `right${part}`]);
}
