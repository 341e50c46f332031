import { Button, Checkbox, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { closeClip, openChosen } from '../actions/open-files.ts';
import { closeDialog, type DialogName } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { setView, useView } from '../state/view.ts';
import { prefersReducedMotion } from '../theme/reduced-motion.ts';
import { BodyModelField } from './BodyModelField.tsx';
import { DialogFooter } from './DialogFooter.tsx';
import { FactList } from './FactList.tsx';
import { ImportAlternatives } from './ImportAlternatives.tsx';
import { ImportFields } from './ImportFields.tsx';
import classes from './ImportForm.module.css';
import { ImportPicture } from './ImportPicture.tsx';
import { ImportSubject } from './ImportSubject.tsx';
import { alternativeRows } from './import-alternatives.ts';
import {
  choicesAgain,
  choicesToOpen,
  choicesToRemember,
  needsLayout,
  rememberChoices,
  shownChoices,
  startingChoices,
  withoutBodyModel,
} from './import-choices.ts';
import { PreviewStage } from './preview-stage.ts';
import { usePersonGuess } from './use-person-guess.ts';
import { type LoadedPreview, usePreviews } from './use-previews.ts';

export interface ImportFormProps {
  readonly file: GrantedFile;
  readonly guess: ImportGuess;
  /** The open clip to be read in another way; see `DialogName`. */
  readonly again: Extract<DialogName, { readonly kind: 'import' }>['again'] | undefined;
}

/** The choices of an import with pictures of what they make of the file. */
export function ImportForm({ file, guess: firstGuess, again }: ImportFormProps) {
  const [remembered] = useState(() =>
    again === undefined ? startingChoices(firstGuess, useView.getState().importChoices[file.folder]) : {},
  );
  const [choices, setChoices] = useState(() =>
    again === undefined ? remembered : choicesAgain(firstGuess, again.choices),
  );
  const guess = usePersonGuess(file, firstGuess, choices.person);
  const [remembers, setRemembers] = useState(true);
  const [stage] = useState(createStage);
  const [last, setLast] = useState<LoadedPreview | null>(null);

  const is3d = guess.dimensions === 3 || shownChoices(guess, choices).lift;
  const isWaiting = needsLayout(guess, choices);
  const present = choicesToOpen(guess, choices);
  const rows = alternativeRows(guess, choices);
  const previews = usePreviews(file, [
    ...(isWaiting ? [] : [present]),
    ...rows.flatMap(({ alternatives }) => alternatives.map(({ preview }) => preview)),
  ]);
  const state = isWaiting ? null : previews.state(present);
  const loaded = state?.kind === 'ready' ? state.preview : null;
  useEffect(() => {
    if (loaded !== null) setLast(loaded);
  }, [loaded]);

  // The dialog opened before there was anything to press: Open, or the first field where it must be filled in.
  const formRef = useRef<HTMLDivElement>(null);
  const openRef = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const first = formRef.current?.querySelector('input');
    (openRef.current?.disabled ? first : openRef.current)?.focus();
  }, []);

  const leave = (): void => {
    if (again === undefined) {
      const memory = useView.getState().importChoices;
      const kept = remembers ? choicesToRemember(guess, choices) : null;
      setView({ importChoices: rememberChoices(memory, file.folder, kept) });
    }
    closeDialog();
  };
  const open = (): void => {
    leave();
    void openInPlace(file, present, again?.clip);
  };
  const openAll = async (): Promise<void> => {
    leave();
    for (const { id } of guess.people) {
      await openChosen(file, choicesToOpen(guess, { ...choices, person: id }));
    }
  };
  return (
    <>
      <div className={classes.columns} ref={formRef}>
        <Stack gap="sm">
          <ImportSubject guess={guess} choices={choices} onChange={setChoices} />
          <ImportFields guess={guess} choices={choices} remembered={remembered} onChange={setChoices} />
          {guess.takesBodyModel && (
            <BodyModelField
              value={choices.bodyModel}
              onChange={(bodyModel) =>
                setChoices(bodyModel === undefined ? withoutBodyModel(choices) : { ...choices, bodyModel })
              }
            />
          )}
          {loaded !== null && (
            <FactList facts={otherFacts(guess, loaded.facts)} notices={otherNotices(guess, loaded.notices)} />
          )}
        </Stack>
        <Stack gap="sm">
          <ImportPicture
            state={state}
            last={last}
            stage={stage}
            is3d={is3d}
            isLow={rows.length > 2}
            asksUnit={guess.asks.includes('unit')}
            onRetry={() => previews.retry()}
          />
          {rows.map(({ title, is3d: isRow3d, alternatives }) => (
            <ImportAlternatives
              key={title}
              title={title}
              alternatives={alternatives.map((one) => ({ ...one, state: previews.state(one.preview) }))}
              stage={stage}
              is3d={isRow3d}
              onChoose={setChoices}
            />
          ))}
        </Stack>
      </div>
      <DialogFooter
        aside={
          again === undefined && (
            <Checkbox
              size="xs"
              label={file.folder === '' ? 'Remember for the next file' : 'Remember for this folder'}
              checked={remembers}
              onChange={(event) => setRemembers(event.currentTarget.checked)}
            />
          )
        }
      >
        <Button size="xs" variant="default" onClick={closeDialog}>
          Cancel
        </Button>
        {guess.people.length > 1 && again === undefined && (
          <Button
            size="xs"
            variant="default"
            disabled={isWaiting || state?.kind === 'failed'}
            onClick={() => void openAll()}
          >
            Open all {guess.people.length}
          </Button>
        )}
        <Button size="xs" ref={openRef} disabled={isWaiting || state?.kind === 'failed'} onClick={open}>
          Open
        </Button>
      </DialogFooter>
    </>
  );
}

/** Facts that say more than the fields and the line above them. */
function otherFacts(
  { asks, canLift, takesBodyModel }: ImportGuess,
  facts: LoadedPreview['facts'],
): LoadedPreview['facts'] {
  const shown: readonly string[] = [
    'file',
    'person',
    'frames',
    'shape',
    ...(canLift ? ['dimensions'] : []),
    ...(takesBodyModel ? ['proportions'] : []),
    ...asks.map((key) => (key === 'up' ? 'up axis' : key)),
  ];
  return facts.filter(({ name }) => !shown.includes(name));
}

/** Notices but the one that the choice of a body model stands for. */
function otherNotices({ takesBodyModel }: ImportGuess, notices: readonly string[]): readonly string[] {
  return takesBodyModel ? notices.filter((notice) => !notice.includes('model file')) : notices;
}

/** A clip that has no takes yet gives way to the file read anew; one with takes stays beside it. */
async function openInPlace(file: GrantedFile, choices: OpenChoices, clip: string | undefined): Promise<void> {
  const before = useDocument.getState().order;
  await openChosen(file, choices);
  const { order, edits } = useDocument.getState();
  const isOpen = order.some((id) => !before.includes(id));
  if (clip !== undefined && isOpen && edits[clip]?.takes.length === 0) closeClip(clip);
}

function createStage(): PreviewStage {
  const stage = new PreviewStage();
  stage.setPlaying(!prefersReducedMotion());
  return stage;
}
