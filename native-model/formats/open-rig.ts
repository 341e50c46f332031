import type { RigTrack } from '../../motion/formats/tracks.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { skeletonContent } from './skeleton-content.ts';

/** A skeleton of a 3D file, which says its unit, axes and rate itself. */
export function openRig(track: RigTrack, path: string, name: string, options: OpenOptions): ClipContent {
  const { fps } = options;
  const clip = { ...track.clip, name, ...(fps === undefined ? {} : { frameTime: 1 / fps }) };
  const { match, content } = skeletonContent(clip, path, options, null);
  const joints = clip.skeleton.isEndSite.filter((isEnd) => !isEnd).length;
  const rate = Number((1 / clip.frameTime).toFixed(3));
  return {
    ...content,
    facts: [
      {
        name: 'frames',
        value: `${clip.frameCount} at ${rate} per second${fps === undefined ? '' : ' (as given)'}, ${Number((clip.frameCount * clip.frameTime).toFixed(2))} s`,
      },
      { name: 'skeleton', value: `${joints} joints, matched by ${match.how}` },
    ],
    notices: [...match.notes, ...content.notices],
  };
}
