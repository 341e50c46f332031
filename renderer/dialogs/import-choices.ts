import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';

/** What a user can say about how a file is to be read. */
export const CHOICE_KEYS = ['layout', 'fps', 'unit', 'up'] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

/** What the fields show: what was chosen, and the guess where nothing was. */
export interface ShownChoices {
  /** Null where it must be chosen, and for files without layouts. */
  readonly layout: ImportGuess['layout']['value'];
  readonly fps: number;
  readonly unit: ImportGuess['unit']['value'];
  readonly up: ImportGuess['up']['value'];
  /** '' where there is one alone. */
  readonly person: string;
  readonly root: string;
  /** Whether 2D keypoints become 3D; unless the user says otherwise they do. */
  readonly lift: boolean;
}

export function shownChoices(guess: ImportGuess, choices: OpenChoices): ShownChoices {
  return {
    layout: choices.layout ?? guess.layout.value,
    fps: choices.fps ?? guess.fps.value,
    unit: choices.unit ?? guess.unit.value,
    up: choices.up ?? guess.up.value,
    person: choices.person ?? guess.person,
    root: choices.root ?? guess.roots[0] ?? '',
    lift: guess.canLift && (choices.lift ?? true),
  };
}

/** Whether the layout must be chosen before the file can be read. */
export function needsLayout(guess: ImportGuess, choices: OpenChoices): boolean {
  return guess.asks.includes('layout') && shownChoices(guess, choices).layout === null;
}

/**
 * What the dialog starts from: remembered choices as far as they can hold for this file. A layout that does not fit
 * is left out, and so is a frame rate where the file says its own.
 */
export function startingChoices(guess: ImportGuess, remembered: OpenChoices | undefined): OpenChoices {
  const { lift } = remembered ?? {};
  return {
    ...picked(remembered ?? {}, (key) => {
      if (!guess.asks.includes(key)) return false;
      if (key === 'layout') return guess.layout.candidates.includes(remembered!.layout!);
      return key !== 'fps' || guess.fps.confidence === 'low';
    }),
    ...(guess.canLift && lift !== undefined ? { lift } : {}),
  };
}

/** What the dialog starts from for a clip that was opened with `choices`: all of them that differ from a sure guess. */
export function choicesAgain(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  return {
    ...picked(
      choices,
      (key) =>
        guess.asks.includes(key) && !(guess[key].confidence === 'high' && guess[key].value === choices[key]),
    ),
    ...ofThisFile(guess, choices),
    ...(guess.canLift ? { lift: choices.lift ?? false } : {}),
  };
}

/**
 * What Open sends. Where the file has a layout, everything the fields show: another layout would change the guesses.
 * Of other files what was chosen and what the file leaves open.
 */
export function choicesToOpen(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  const { lift } = shownChoices(guess, choices);
  return {
    ...(guess.asks.includes('layout')
      ? { ...shownOf(guess, choices, () => true), ...readingOf(choices) }
      : chosenOrConfirmed(guess, choices)),
    ...ofThisFile(guess, shownSubject(guess, choices)),
    ...(guess.canLift ? { lift } : {}),
  };
}

/**
 * What holds for other files of the folder: what was chosen, and what was no more than likely and was confirmed by
 * opening the file. A sure guess is not remembered, since the next file may be sure of something else; whom to take
 * and whose proportions is said of each file anew.
 */
export function choicesToRemember(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  const { lift } = shownChoices(guess, choices);
  return { ...chosenOrConfirmed(guess, choices), ...(guess.canLift ? { lift } : {}) };
}

/** The choices with one changed; what the file is sure of itself is no choice. */
export function withChoice<K extends ChoiceKey>(
  guess: ImportGuess,
  choices: OpenChoices,
  key: K,
  value: NonNullable<ShownChoices[K]>,
): OpenChoices {
  const { [key]: _, ...others } = choices;
  const isSure = guess[key].value === value && guess[key].confidence === 'high';
  return isSure ? others : { ...others, [key]: value };
}

/** The choices without the user's body model. */
export function withoutBodyModel({ bodyModel: _, ...others }: OpenChoices): OpenChoices {
  return others;
}

/** The memory by folder, with the choices of one folder in it or, with null, without them. */
export function rememberChoices(
  memory: Readonly<Record<string, OpenChoices>>,
  folder: string,
  choices: OpenChoices | null,
): Readonly<Record<string, OpenChoices>> {
  const { [folder]: _, ...others } = memory;
  return choices === null ? others : { ...others, [folder]: choices };
}

function chosenOrConfirmed(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  return { ...shownOf(guess, choices, (key) => guess[key].confidence === 'low'), ...readingOf(choices) };
}

/** Person and ROOT as the fields show them. */
function shownSubject(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  const { person, root } = shownChoices(guess, choices);
  return { ...choices, person, root };
}

/** Choices that hold for one file alone, as far as it has something to choose. */
function ofThisFile({ people, roots, takesBodyModel }: ImportGuess, choices: OpenChoices): OpenChoices {
  const { person, root, bodyModel } = choices;
  return {
    ...(people.length > 1 && people.some(({ id }) => id === person) ? { person } : {}),
    ...(roots.length > 1 && root !== undefined && roots.includes(root) ? { root } : {}),
    ...(takesBodyModel && bodyModel !== undefined ? { bodyModel } : {}),
  };
}

function shownOf(guess: ImportGuess, choices: OpenChoices, wants: (key: ChoiceKey) => boolean): OpenChoices {
  const { layout, fps, unit, up } = shownChoices(guess, choices);
  return picked(
    layout === null ? { fps, unit, up } : { layout, fps, unit, up },
    (key) => guess.asks.includes(key) && wants(key),
  );
}

/** Only layout, rate, unit and axis. */
function readingOf(choices: OpenChoices): OpenChoices {
  return picked(choices, () => true);
}

function picked(choices: OpenChoices, wants: (key: ChoiceKey) => boolean): OpenChoices {
  return Object.fromEntries(
    CHOICE_KEYS.filter((key) => choices[key] !== undefined && wants(key)).map((key) => [key, choices[key]]),
  );
}
