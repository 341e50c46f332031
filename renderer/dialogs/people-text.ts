import type { ImportGuess } from '../../contract/clips.ts';
import { personTitle } from '../panels/clips/clip-text.ts';
import { counted } from '../panels/parts/number-text.ts';

type People = Pick<ImportGuess, 'people' | 'peopleAre'>;
type Person = ImportGuess['people'][number];

/** What one of several people or animations is called. */
export function titleAmong({ peopleAre }: Pick<People, 'peopleAre'>, { id }: Person): string {
  return peopleAre === 'people' ? personTitle(id) : id;
}

/** How much there is of a person: `240 frames`, `231 of 240 frames`. */
export function personExtent({ frameCount, seenFrames }: Person): string {
  const frames = counted(frameCount, 'frame');
  return seenFrames < frameCount ? `${seenFrames} of ${frames}` : frames;
}

/** What the choice among them is called. */
export function peopleTitles({ peopleAre }: Pick<People, 'peopleAre'>): {
  readonly one: string;
  readonly all: string;
} {
  return peopleAre === 'people'
    ? { one: 'Person', all: 'People in the file' }
    : { one: 'Animation', all: 'Animations in the file' };
}
