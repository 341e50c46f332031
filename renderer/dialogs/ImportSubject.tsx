import { Select, Stack, Text } from '@mantine/core';
import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import { counted } from '../panels/parts/number-text.ts';
import classes from './ImportForm.module.css';
import { shownChoices } from './import-choices.ts';
import { peopleTitles, personExtent, titleAmong } from './people-text.ts';
import { SettingChoice } from './SettingChoice.tsx';

export interface ImportSubjectProps {
  readonly guess: ImportGuess;
  readonly choices: OpenChoices;
  readonly onChange: (choices: OpenChoices) => void;
}

const LIFTING = {
  lift: 'A network estimates the depth. Size and distance are those of an average person, not measured.',
  flat: 'Keypoints stay in pixels: filters and SmoothNet smooth them. All else needs them in 3D.',
} as const;

/** What the file is and what of it is opened: whom of several people, which skeleton, and whether 2D becomes 3D. */
export function ImportSubject({ guess, choices, onChange }: ImportSubjectProps) {
  const { producer, frameCount, people, roots, canLift } = guess;
  const shown = shownChoices(guess, choices);
  return (
    <Stack gap="sm">
      <div className={classes.file}>
        <Text size="sm" fw={600}>
          {producer.value}
        </Text>
        <Text size="xs" className={classes.reason ?? ''}>
          {[producer.reason, ...(people.length > 1 ? [] : [counted(frameCount, 'frame')])]
            .filter((part) => part !== '')
            .join(' · ')
            // A count does not break from what it counts.
            .replace(/ (?=frames?$)/, '\u00a0')}
        </Text>
      </div>
      {people.length > 1 && (
        <Select
          size="xs"
          label={peopleTitles(guess).one}
          data={people.map((person) => ({
            value: person.id,
            label: `${titleAmong(guess, person)} – ${personExtent(person)}`,
          }))}
          value={shown.person}
          allowDeselect={false}
          onChange={(person) => {
            if (person !== null) onChange({ ...choices, person });
          }}
        />
      )}
      {roots.length > 1 && (
        <Select
          size="xs"
          label="Skeleton"
          description={`The file holds ${roots.length}, each with a ROOT of its own`}
          inputWrapperOrder={['label', 'input', 'description']}
          data={[...roots]}
          value={shown.root}
          allowDeselect={false}
          onChange={(root) => {
            if (root !== null) onChange({ ...choices, root });
          }}
        />
      )}
      {canLift && (
        <SettingChoice
          label="2D keypoints"
          value={shown.lift ? 'lift' : 'flat'}
          options={[
            { value: 'lift', label: 'Lift to 3D' },
            { value: 'flat', label: '2D as found' },
          ]}
          description={LIFTING[shown.lift ? 'lift' : 'flat']}
          onChange={(value) => onChange({ ...choices, lift: value === 'lift' })}
        />
      )}
    </Stack>
  );
}
