import { countLeadFrames } from '../../motion/formats/bvh-t-pose.ts';
import type { RigTrack } from '../../motion/formats/tracks.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import { parseJointMap } from '../../motion/skeleton/joint-map.ts';
import { matchSkeleton } from '../../motion/skeleton/match-skeleton.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { sideNotices } from './open-positions.ts';

/** A skeleton of a 3D file, which says its unit, axes and rate itself. */
export function openRig(track: RigTrack, path: string, name: string, options: OpenOptions): ClipContent {
  const { jointMap, fps } = options;
  const clip = { ...track.clip, name, ...(fps === undefined ? {} : { frameTime: 1 / fps }) };
  const map = jointMap === undefined ? undefined : parseJointMap(jointMap.text, jointMap.source);
  const match = matchSkeleton(clip.skeleton, map, path);
  const leadFrames = countLeadFrames(clip);
  const body17 = body17Positions(clip, match.map);
  const joints = clip.skeleton.isEndSite.filter((isEnd) => !isEnd).length;
  const rate = Number((1 / clip.frameTime).toFixed(3));
  return {
    frameCount: clip.frameCount,
    frameTime: clip.frameTime,
    leadFrames,
    dimensions: 3,
    layout: null,
    gaps: [],
    body17,
    derived: match.derived,
    facts: [
      {
        name: 'frames',
        value: `${clip.frameCount} at ${rate} per second${fps === undefined ? '' : ' (as given)'}, ${Number((clip.frameCount * clip.frameTime).toFixed(2))} s`,
      },
      { name: 'skeleton', value: `${joints} joints, matched by ${match.how}` },
    ],
    notices: [
      ...match.notes,
      ...sideNotices(body17),
      ...(leadFrames === 0
        ? []
        : ['the file begins with a T-pose: it stays as it is and is not part of the motion']),
    ],
    source: { kind: 'skeleton', clip, map: match.map, original: null },
  };
}
