import { Stack } from '@mantine/core';
import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import type { UpName } from '../../motion/formats/axes.ts';
import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import { COMMON_UPS, LAYOUT_TITLES, UNIT_TITLES, UP_TITLES } from './choice-titles.ts';
import { GuessRate, GuessSelect, type ValueOrigin } from './GuessField.tsx';
import { type ChoiceKey, shownChoices, withChoice } from './import-choices.ts';

export interface ImportFieldsProps {
  readonly guess: ImportGuess;
  readonly choices: OpenChoices;
  /** Which of them came from an earlier file. */
  readonly remembered: OpenChoices;
  readonly onChange: (choices: OpenChoices) => void;
}

/** Layout, frame rate, unit and up axis, as far as the file leaves them open, each with what its guess rests on. */
export function ImportFields({ guess, choices, remembered, onChange }: ImportFieldsProps) {
  const { asks } = guess;
  const shown = shownChoices(guess, choices);
  const originOf = (key: ChoiceKey): ValueOrigin => {
    if (choices[key] === undefined) return 'guess';
    return choices[key] === remembered[key] ? 'remembered' : 'chosen';
  };
  return (
    <Stack gap="sm">
      {asks.includes('layout') && (
        <GuessSelect
          label="Joint layout"
          value={shown.layout}
          options={guess.layout.candidates.map((layout) => ({ value: layout, label: LAYOUT_TITLES[layout] }))}
          guess={guess.layout}
          origin={originOf('layout')}
          onChange={(layout) => onChange(withChoice(guess, choices, 'layout', layout as LayoutName))}
        />
      )}
      {asks.includes('fps') && (
        <GuessRate
          label="Frames per second"
          value={shown.fps}
          guess={guess.fps}
          origin={originOf('fps')}
          onChange={(fps) => onChange(withChoice(guess, choices, 'fps', fps))}
        />
      )}
      {asks.includes('unit') && (
        <GuessSelect
          label="Unit"
          value={shown.unit}
          options={optionsOf(UNIT_TITLES)}
          guess={guess.unit}
          origin={originOf('unit')}
          onChange={(unit) => onChange(withChoice(guess, choices, 'unit', unit as LengthUnit))}
        />
      )}
      {asks.includes('up') && (
        <GuessSelect
          label="Up axis"
          value={shown.up}
          options={optionsOf(UP_TITLES).filter(
            ({ value }) => guess.format !== 'bvh' || value === 'y' || value === 'z',
          )}
          guess={guess.up}
          origin={originOf('up')}
          onChange={(up) => onChange(withChoice(guess, choices, 'up', up as UpName))}
        />
      )}
    </Stack>
  );
}

/** The up axes shown as pictures: the common ones the format can have, and the guess; none where it is not asked. */
export function offeredUps(guess: ImportGuess): readonly UpName[] {
  if (!guess.asks.includes('up')) return [];
  const common = guess.format === 'bvh' ? COMMON_UPS.filter((up) => up !== '-y') : COMMON_UPS;
  return common.includes(guess.up.value) ? common : [...common, guess.up.value];
}

function optionsOf<K extends string>(titles: Readonly<Record<K, string>>) {
  return (Object.keys(titles) as K[]).map((value) => ({ value, label: titles[value] }));
}
