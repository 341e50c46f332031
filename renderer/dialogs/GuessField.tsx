import { NumberInput, Select } from '@mantine/core';
import type { Guess } from '../../contract/clips.ts';
import classes from './GuessField.module.css';

/** Where the value in a field comes from. */
export type ValueOrigin = 'guess' | 'remembered' | 'chosen';

const ORIGIN_TITLES = { remembered: 'As for the file before', chosen: 'Your choice' } as const;

export interface GuessNoteProps {
  readonly guess: Guess<unknown>;
  readonly origin: ValueOrigin;
}

/** What a guess rests on and how far it can be trusted. */
function GuessNote({ guess, origin }: GuessNoteProps) {
  const isUnsure = guess.confidence === 'low' && origin === 'guess';
  const state = origin === 'guess' ? (isUnsure ? 'Please check' : 'Sure') : ORIGIN_TITLES[origin];
  return (
    <>
      <span className={classes.state} data-unsure={isUnsure || undefined}>
        {state}
      </span>
      {origin === 'guess' ? ` – ${guess.reason}` : ''}
    </>
  );
}

export interface GuessSelectProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly guess: Guess<unknown>;
  readonly origin: ValueOrigin;
  readonly onChange: (value: string) => void;
}

/** A choice with the guess's reason beneath. */
export function GuessSelect({ label, value, options, guess, origin, onChange }: GuessSelectProps) {
  return (
    <Select
      size="xs"
      label={label}
      data={options}
      value={value}
      placeholder="Choose"
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      description={<GuessNote guess={guess} origin={origin} />}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    />
  );
}

export interface GuessNumberProps {
  readonly label: string;
  readonly value: number;
  readonly guess: Guess<number>;
  readonly origin: ValueOrigin;
  readonly onChange: (value: number) => void;
}

/** A frame rate with the guess's reason beneath. */
export function GuessRate({ label, value, guess, origin, onChange }: GuessNumberProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      value={value}
      min={1}
      max={1000}
      decimalScale={3}
      clampBehavior="blur"
      description={<GuessNote guess={guess} origin={origin} />}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(typed) => {
        const rate = Number(typed);
        if (typed !== '' && rate > 0 && rate <= 1000) onChange(rate);
      }}
    />
  );
}
