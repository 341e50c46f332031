import { nameOfUpAxis, upAxisNamed } from '../../motion/formats/axes.ts';
import type { SmplTrack } from '../../motion/formats/tracks.ts';
import { BODY17, BODY17_COUNT, type Body17Map } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { SmplBody } from '../../motion/skeleton/smpl/smpl-body.ts';
import { smplToClip } from '../../motion/skeleton/smpl/smpl-to-clip.ts';
import { gapsOf, withGaps } from './frame-gaps.ts';
import { ASSUMED_FPS } from './npy-content.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { sideNotices } from './open-positions.ts';

export const SMPL_TITLES = { smpl: 'SMPL', smplh: 'SMPL-H', smplx: 'SMPL-X' } as const;

/** Rotations of the SMPL family on a body: of average proportions, or of the user's own model file. */
export function openSmpl(
  found: SmplTrack,
  body: SmplBody,
  name: string,
  producer: string,
  options: OpenOptions,
): ClipContent {
  const track = options.up === undefined ? found : { ...found, up: upAxisNamed(options.up) };
  const fps = options.fps ?? track.fps ?? ASSUMED_FPS;
  const { clip: posed, map } = smplToClip({ ...track, fps }, body);
  const hasNoPath = track.translations === null;
  const clip = { ...(hasNoPath ? onFloor(posed, map) : posed), name };
  const gaps = gapsOf(track.seen);
  const whole = body17Positions(clip, map);
  const fpsNote =
    options.fps !== undefined ? 'as given' : track.fps !== null ? `as ${producer} says` : 'assumed';
  const notices = [
    ...(track.fps === null && options.fps === undefined
      ? [
          `the file has no frame rate; taken as ${ASSUMED_FPS} per second; give the frame rate if it is another`,
        ]
      : []),
    ...(body.source === 'average'
      ? [
          `bone lengths are those of an average adult, not of this person; give your own ${SMPL_TITLES[track.model]} model file for exact ones`,
        ]
      : []),
    ...(track.space === 'camera'
      ? [`${producer} tells the motion as the camera saw it: a tilted camera tilts the body`]
      : []),
    ...(hasNoPath ? ['the file has no path of the root: the pelvis stays in place, at standing height'] : []),
    ...sideNotices(whole),
  ];
  return {
    frameCount: clip.frameCount,
    frameTime: clip.frameTime,
    leadFrames: 0,
    dimensions: 3,
    layout: null,
    gaps,
    body17: withGaps(whole, gaps),
    derived: new Array<boolean>(BODY17_COUNT).fill(false),
    facts: [
      { name: 'frames', value: `${clip.frameCount} at ${Number(fps.toFixed(3))} per second (${fpsNote})` },
      { name: 'body model', value: `${SMPL_TITLES[track.model]}, ${track.jointCount} joints with rotations` },
      {
        name: 'proportions',
        value: body.source === 'average' ? 'an average adult, 1.70 m' : 'of the given model file',
      },
      {
        name: 'up axis',
        value: `${nameOfUpAxis(track.up)} (${upReason(track, producer, options)})`,
      },
    ],
    notices,
    source: { kind: 'skeleton', clip, map, original: { format: 'smpl', track, body } },
  };
}

function upReason({ isUpGuessed }: SmplTrack, producer: string, { up }: OpenOptions): string {
  if (up !== undefined) return 'as given';
  return isUpGuessed === true ? 'along which the body stands' : `as ${producer} writes it`;
}

/** An ankle stands so high, metres. */
const ANKLE_HEIGHT = 0.07;

/** Without a path the pelvis rests at the origin: the clip is raised so that its lowest ankles stand on the floor. */
function onFloor(clip: SkeletonClip, map: Body17Map): SkeletonClip {
  const nodes = clip.skeleton.names.length;
  const body17 = body17Positions(clip, map);
  const lows = Float64Array.from({ length: clip.frameCount }, (_, frame) => {
    const pose = frame * BODY17_COUNT * 3;
    return Math.min(body17[pose + BODY17.leftAnkle * 3 + 1], body17[pose + BODY17.rightAnkle * 3 + 1]);
  }).sort();
  // The level of a twentieth of the frames: one wild frame must not lift the body.
  const rise = ANKLE_HEIGHT - lows[Math.floor(lows.length / 20)];
  const localTranslations = clip.localTranslations.slice();
  for (let frame = 0; frame < clip.frameCount; frame++) localTranslations[frame * nodes * 3 + 1] += rise;
  return { ...clip, localTranslations };
}
