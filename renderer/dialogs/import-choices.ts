import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';

/** What the fields of the import dialog show: what was chosen, and the guess where nothing was. */
export interface ShownChoices {
  /** Null where it must be chosen, and for files without layouts. */
  readonly layout: LayoutName | null;
  readonly fps: number;
  readonly unit: 'mm' | 'cm' | 'm';
  readonly up: 'y' | '-y' | 'z';
}

export function shownChoices(guess: ImportGuess, choices: OpenChoices): ShownChoices {
  return {
    layout: choices.layout ?? guess.layout.value,
    fps: choices.fps ?? guess.fps.value,
    unit: choices.unit ?? guess.unit.value,
    up: choices.up ?? guess.up.value,
  };
}

/**
 * What the dialog starts from: remembered choices as far as they can hold for this file. A layout with another
 * number of joints is left out; so are layout and frame rate for a BVH, which says both itself.
 */
export function startingChoices(guess: ImportGuess, remembered: OpenChoices | undefined): OpenChoices {
  if (remembered === undefined) return {};
  const { layout, fps, unit, up } = remembered;
  const isArray = guess.format === 'npy';
  return {
    ...(isArray && layout !== undefined && guess.layout.candidates.includes(layout) ? { layout } : {}),
    ...(isArray && fps !== undefined ? { fps } : {}),
    ...(guess.dimensions === 3 && unit !== undefined ? { unit } : {}),
    ...(guess.dimensions === 3 && up !== undefined ? { up } : {}),
  };
}

/**
 * What Open sends: the choices, and of an array every guess that was no more than likely, because by opening the
 * file the user has confirmed what the fields showed.
 */
export function confirmedChoices(guess: ImportGuess, choices: OpenChoices): OpenChoices {
  if (guess.format === 'bvh') return choices;
  const { layout, fps, unit, up } = shownChoices(guess, choices);
  const has3d = guess.dimensions === 3;
  return {
    ...(layout === null ? {} : { layout }),
    fps,
    ...(has3d && guess.unit.confidence === 'low' ? { unit } : {}),
    ...(has3d && guess.up.confidence === 'low' ? { up } : {}),
    ...choices,
  };
}

/** The choices with one changed; the value guessed with certainty is the same as none. */
export function withChoice<K extends keyof ShownChoices>(
  guess: ImportGuess,
  choices: OpenChoices,
  key: K,
  value: NonNullable<ShownChoices[K]>,
): OpenChoices {
  const { [key]: _, ...others } = choices;
  const isGuess = guess[key].value === value && guess[key].confidence === 'high';
  return isGuess ? others : { ...others, [key]: value };
}

/** The memory by folder with the choices of one folder in it. */
export function rememberChoices(
  memory: Readonly<Record<string, OpenChoices>>,
  folder: string,
  choices: OpenChoices,
): Readonly<Record<string, OpenChoices>> {
  return { ...memory, [folder]: choices };
}

/** The memory without a folder. */
export function forgetChoices(
  memory: Readonly<Record<string, OpenChoices>>,
  folder: string,
): Readonly<Record<string, OpenChoices>> {
  const { [folder]: _, ...others } = memory;
  return others;
}
