import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ImportGuess } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { engine, failureText } from '../engine/client.ts';
import { closeDialog, useActivity } from '../state/activity.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { ImportForm, type ImportFormProps } from './ImportForm.tsx';
import { Note } from './Note.tsx';

/** Asks how a file is to be read that does not say it all itself. */
export function ImportDialog() {
  const dialog = useActivity((state) => state.dialog);
  const file = dialog?.kind === 'import' ? dialog.file : null;
  return (
    <DialogFrame
      testId="import-dialog"
      title={
        file === null
          ? 'Open'
          : `Open ${file.name}${dialog?.kind === 'import' && dialog.again !== undefined ? ' again' : ''}`
      }
      width={940}
      isOpen={file !== null}
    >
      {dialog?.kind === 'import' && (
        <ImportQuestion key={dialog.file.token} file={dialog.file} again={dialog.again} />
      )}
    </DialogFrame>
  );
}

type Asked =
  | { readonly kind: 'reading' }
  | { readonly kind: 'guessed'; readonly guess: ImportGuess }
  | { readonly kind: 'failed'; readonly message: string };

function ImportQuestion({ file, again }: Pick<ImportFormProps, 'file' | 'again'>) {
  const [asked, setAsked] = useState<Asked>({ kind: 'reading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isCurrent = true;
    setAsked({ kind: 'reading' });
    guessOf(file, again?.choices.person).then((found) => {
      if (isCurrent) setAsked(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [file, again, attempt]);

  if (asked.kind === 'guessed') return <ImportForm file={file} guess={asked.guess} again={again} />;
  if (asked.kind === 'reading') {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">Reading {file.name}</Text>
      </Group>
    );
  }
  return (
    <>
      <Note kind="error" title="The file cannot be opened">
        {asked.message}
      </Note>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
          Try again
        </Button>
        <Button size="xs" onClick={closeDialog}>
          Close
        </Button>
      </Group>
    </>
  );
}

/** @param person whom the clip that is opened again shows */
async function guessOf(file: GrantedFile, person: string | undefined): Promise<Asked> {
  const question = { file: file.token, ...(person === undefined ? {} : { person }) };
  try {
    return { kind: 'guessed', guess: await engine().clips.guess(question) };
  } catch (error) {
    return { kind: 'failed', message: failureText(error) };
  }
}
