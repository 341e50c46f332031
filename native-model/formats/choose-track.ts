import { PoseMendError } from '../../contract/errors.ts';
import type { ParsedFile, Track } from '../../motion/formats/tracks.ts';

/** Frames of a track in which its person was seen. */
export function seenFrames({ seen, frameCount }: Track): number {
  return seen === null ? frameCount : seen.filter(Boolean).length;
}

/** The track of a person, or by default of whoever is seen the longest; of animations the first. */
export function chooseTrack({ tracks }: ParsedFile, person: string | undefined, path: string): Track {
  if (person === undefined) {
    if (tracks[0].kind === 'rig') return tracks[0];
    return tracks.reduce((longest, track) => (seenFrames(track) > seenFrames(longest) ? track : longest));
  }
  const found = tracks.find(({ id }) => id === person);
  if (found !== undefined) return found;
  const ids = tracks.map(({ id }) => `'${id}'`).join(', ');
  throw new PoseMendError('usage', `${path}: it holds no '${person}'; it holds ${ids}`);
}

/** What to tell of a file with several tracks when nobody chose one. */
export function choiceNotice({ tracks }: ParsedFile, chosen: Track, person: string | undefined): string[] {
  if (tracks.length === 1 || person !== undefined) return [];
  const listed = tracks
    .slice(0, MOST_LISTED)
    .map((track) => `'${track.id}' (${seenFrames(track)} frames)`)
    .join(', ');
  const more = tracks.length > MOST_LISTED ? ` and ${tracks.length - MOST_LISTED} more` : '';
  const what = chosen.kind === 'rig' ? 'animations' : 'people';
  return [
    `the file holds ${tracks.length} ${what}: ${listed}${more}; this is '${chosen.id}'; choose with --person`,
  ];
}

const MOST_LISTED = 8;
