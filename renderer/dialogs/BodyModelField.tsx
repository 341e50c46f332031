import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../engine/client.ts';
import classes from './BodyModelField.module.css';
import { bodyModelName, lastBodyModel, pickBodyModel } from './body-models.ts';
import { Note } from './Note.tsx';

export interface BodyModelFieldProps {
  /** Token of the user's model file; undefined for average proportions. */
  readonly value: string | undefined;
  readonly onChange: (token: string | undefined) => void;
}

type Picking =
  | { readonly kind: 'idle' }
  | { readonly kind: 'picking' }
  | { readonly kind: 'failed'; readonly message: string };

/** Whose proportions a file of SMPL parameters gets: average ones, or those of the user's own model file. */
export function BodyModelField({ value, onChange }: BodyModelFieldProps) {
  const [picking, setPicking] = useState<Picking>({ kind: 'idle' });
  const last = lastBodyModel();
  const pick = async (): Promise<void> => {
    setPicking({ kind: 'picking' });
    try {
      const file = await pickBodyModel();
      if (file !== null) onChange(file.token);
      setPicking({ kind: 'idle' });
    } catch (error) {
      setPicking({ kind: 'failed', message: failureText(error) });
    }
  };
  return (
    <section aria-label="Body proportions">
      <Text size="xs" fw={500} mb={4}>
        Body proportions
      </Text>
      {value === undefined ? (
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="default"
            loading={picking.kind === 'picking'}
            onClick={() => void pick()}
          >
            Use my SMPL model file…
          </Button>
          {last !== null && (
            <Button size="compact-xs" variant="default" onClick={() => onChange(last.token)}>
              {last.name} again
            </Button>
          )}
        </Group>
      ) : (
        <div className={classes.chosen}>
          <span className={classes.name}>{bodyModelName(value)}</span>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label="Go back to average proportions"
            onClick={() => onChange(undefined)}
          >
            <X size={13} />
          </ActionIcon>
        </div>
      )}
      <Text size="xs" className={classes.note ?? ''} mt={4}>
        {value === undefined
          ? 'Without it average proportions are used: rotations stay exact, bone lengths are off by some centimetres.'
          : 'Bones are as long as this model and the shape in the clip say.'}
      </Text>
      {picking.kind === 'failed' && (
        <Note kind="error" title="The model file was not taken">
          {picking.message}
        </Note>
      )}
    </section>
  );
}
