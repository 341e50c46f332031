import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';

/** What a user can say about a file. */
export const CHOICE_KEYS = ['layout', 'fps', 'unit', 'up'] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

/** What the fields show: what was chosen, and the guess where nothing was. */
export interface ShownChoices {
  /** Null where it must be chosen, and for files without layouts. */
  readonly layout: ImportGuess['layout']['value'];
  readonly fps: number;
  readonly unit: ImportGuess['unit']['value'];
  readonly up: ImportGuess['up']['value'];
}

export function shownChoices(guess: ImportGuess, choices: OpenChoices): ShownChoices {
  return {
    layout: choices.layout ?? guess.layout.value,
    fps: choices.fps ?? guess.fps.value,
    unit: choices.unit ?? guess.unit.value,
    up: choices.up ?? guess.up.value,
  };
}

/** Which of them this file needs: a BVH names its joints, 2D keypoints have neither unit nor up axis. */
export function choiceKeysOf({ format, dimensions }: ImportGuess): readonly ChoiceKey[] {
  return CHOICE_KEYS.filter((key) => {
    if (key === 'layout') return format === 'npy';
    return key === 'fps' || dimensions === 3;
  });
}

/**
 * What the dialog starts from: remembered choices as far as they can hold for this file. A layout that does not fit
 * is left out, and so is a frame rate where the file says its own.
 */
export function startingChoices(guess: ImportGuess, remembered: OpenChoices | undefined): OpenChoices {
  return picked(remembered ?? {}, (key) => {
    if (!choiceKeysOf(guess).includes(key)) return false;
    if (key === 'layout') return guess.layout.candidates.includes(remembered!.layout!);
    return key !== 'fps' || guess.fps.confidence === 'low';
  });
}

/** What the dialog starts from for a clip that was opened with `choices`: all of them that differ from a sure guess. */
export function choicesAgain(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  return picked(
    choices,
    (key) =>
      choiceKeysOf(guess).includes(key) &&
      !(guess[key].confidence === 'high' && guess[key].value === choices[key]),
  );
}

/**
 * What Open sends: of an array everything the fields show; of a BVH what was chosen and what the file leaves open.
 */
export function choicesToOpen(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  return guess.format === 'npy'
    ? { ...shownOf(guess, choices, () => true), ...choices }
    : choicesToRemember(guess, choices);
}

/**
 * What holds for other files of the folder: what was chosen, and what was no more than likely and was confirmed by
 * opening the file. A sure guess is not remembered, since the next file may be sure of something else.
 */
export function choicesToRemember(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  return { ...shownOf(guess, choices, (key) => guess[key].confidence === 'low'), ...choices };
}

/** The choices with one changed; what the file is sure of itself is no choice. */
export function withChoice<K extends ChoiceKey>(
  guess: ImportGuess,
  choices: OpenChoices,
  key: K,
  value: NonNullable<ShownChoices[K]>,
): OpenChoices {
  const others = picked(choices, (other) => other !== key);
  const isSure = guess[key].value === value && guess[key].confidence === 'high';
  return isSure ? others : { ...others, [key]: value };
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

function shownOf(guess: ImportGuess, choices: OpenChoices, wants: (key: ChoiceKey) => boolean): OpenChoices {
  const { layout, ...shown } = shownChoices(guess, choices);
  const keys = choiceKeysOf(guess);
  return picked(layout === null ? shown : { ...shown, layout }, (key) => keys.includes(key) && wants(key));
}

function picked(choices: OpenChoices, wants: (key: ChoiceKey) => boolean): OpenChoices {
  return Object.fromEntries(
    CHOICE_KEYS.filter((key) => choices[key] !== undefined && wants(key)).map((key) => [key, choices[key]]),
  );
}
