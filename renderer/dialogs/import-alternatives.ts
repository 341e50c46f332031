import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import { LAYOUT_TITLES, UP_TITLES } from './choice-titles.ts';
import type { Alternative } from './ImportAlternatives.tsx';
import { offeredUps } from './ImportFields.tsx';
import { choicesToOpen, needsLayout, shownChoices, withChoice } from './import-choices.ts';
import { peopleTitles, personExtent, titleAmong } from './people-text.ts';

/** Values of one choice, to be shown as small moving pictures. */
export interface AlternativeRow {
  readonly title: string;
  readonly is3d: boolean;
  readonly alternatives: readonly (Omit<Alternative, 'state'> & {
    /** What its picture is loaded with. */
    readonly preview: OpenChoices;
  })[];
}

/** Of more people there are no pictures: each costs the engine a look at the file. */
const MOST_PICTURED = 6;

/** What of a file is easier told by a look than by words: people, layouts and up axes. */
export function alternativeRows(guess: ImportGuess, choices: OpenChoices): AlternativeRow[] {
  const shown = shownChoices(guess, choices);
  const is3d = guess.dimensions === 3 || shown.lift;
  const { people } = guess;
  const layouts = guess.asks.includes('layout') ? guess.layout.candidates : [];
  const isWaiting = needsLayout(guess, choices);
  const rows: AlternativeRow[] = [];
  if (people.length > 1 && people.length <= MOST_PICTURED && !isWaiting) {
    rows.push({
      title: peopleTitles(guess).all,
      // Who is who is seen without a lift, which takes its time.
      is3d: guess.dimensions === 3,
      alternatives: people.map((person) => {
        const own = { ...choices, person: person.id };
        return {
          key: person.id,
          title: titleAmong(guess, person),
          detail: personExtent(person),
          choices: own,
          isChosen: person.id === shown.person,
          preview: choicesToOpen(guess, { ...own, lift: false }),
        };
      }),
    });
  }
  if (layouts.length > 1 || isWaiting) {
    rows.push({
      title: 'Layouts that fit',
      is3d,
      alternatives: layouts.map((layout) => {
        const own = withChoice(guess, choices, 'layout', layout);
        return {
          key: layout,
          title: LAYOUT_TITLES[layout],
          choices: own,
          isChosen: layout === shown.layout,
          preview: choicesToOpen(guess, own),
        };
      }),
    });
  }
  const ups = isWaiting ? [] : offeredUps(guess);
  if (ups.length > 1) {
    rows.push({
      title: 'Up axis',
      is3d,
      alternatives: ups.map((up) => {
        const own = withChoice(guess, choices, 'up', up);
        return {
          key: up,
          title: UP_TITLES[up],
          choices: own,
          isChosen: up === shown.up,
          preview: choicesToOpen(guess, own),
        };
      }),
    });
  }
  return rows;
}
