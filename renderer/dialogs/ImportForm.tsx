import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { closeClip, openChosen } from '../actions/open-files.ts';
import { closeDialog, type DialogName } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { setView, useView } from '../state/view.ts';
import { prefersReducedMotion } from '../theme/reduced-motion.ts';
import { LAYOUT_TITLES, UP_TITLES } from './choice-titles.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { FactList } from './FactList.tsx';
import { type Alternative, ImportAlternatives } from './ImportAlternatives.tsx';
import { ImportFields, offeredUps } from './ImportFields.tsx';
import classes from './ImportForm.module.css';
import { ImportPicture } from './ImportPicture.tsx';
import {
  choicesAgain,
  choicesToOpen,
  choicesToRemember,
  rememberChoices,
  shownChoices,
  startingChoices,
  withChoice,
} from './import-choices.ts';
import { PreviewStage } from './preview-stage.ts';
import { type LoadedPreview, usePreviews } from './use-previews.ts';

export interface ImportFormProps {
  readonly file: GrantedFile;
  readonly guess: ImportGuess;
  /** The open clip to be read in another way; see `DialogName`. */
  readonly again: Extract<DialogName, { readonly kind: 'import' }>['again'] | undefined;
}

/** Facts that only repeat what the fields say. */
const SHOWN_BY_FIELDS: readonly string[] = ['frames', 'layout', 'unit', 'up axis', 'shape'];

/** The choices of an import with pictures of what they make of the file. */
export function ImportForm({ file, guess, again }: ImportFormProps) {
  const [remembered] = useState(() =>
    again === undefined ? startingChoices(guess, useView.getState().importChoices[file.folder]) : {},
  );
  const [choices, setChoices] = useState(() =>
    again === undefined ? remembered : choicesAgain(guess, again.choices),
  );
  const [remembers, setRemembers] = useState(true);
  const [stage] = useState(createStage);
  const [last, setLast] = useState<LoadedPreview | null>(null);

  const shown = shownChoices(guess, choices);
  const is3d = guess.dimensions === 3;
  const needsLayout = guess.format === 'npy' && shown.layout === null;
  const present = choicesToOpen(guess, choices);
  const layouts = alternatives(guess.layout.candidates, LAYOUT_TITLES, shown.layout, (layout) =>
    withChoice(guess, choices, 'layout', layout),
  );
  const ups = alternatives(is3d && !needsLayout ? offeredUps(guess) : [], UP_TITLES, shown.up, (up) =>
    withChoice(guess, choices, 'up', up),
  );
  const previews = usePreviews(file, [
    ...(needsLayout ? [] : [present]),
    ...[...layouts, ...ups].map((alternative) => choicesToOpen(guess, alternative.choices)),
  ]);
  const withState = (alternative: Omit<Alternative, 'state'>): Alternative => ({
    ...alternative,
    state: previews.state(choicesToOpen(guess, alternative.choices)),
  });

  const state = needsLayout ? null : previews.state(present);
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

  const open = (): void => {
    if (again === undefined) {
      const memory = useView.getState().importChoices;
      const kept = remembers ? choicesToRemember(guess, choices) : null;
      setView({ importChoices: rememberChoices(memory, file.folder, kept) });
    }
    closeDialog();
    void openInPlace(file, present, again?.clip);
  };
  const smallPictures = { stage, is3d, onChoose: setChoices };
  return (
    <>
      <div className={classes.columns} ref={formRef}>
        <Stack gap="md">
          <Text size="xs" className={classes.file ?? ''}>
            {describeFile(guess)}
          </Text>
          <ImportFields guess={guess} choices={choices} remembered={remembered} onChange={setChoices} />
          {loaded !== null && (
            <FactList
              facts={loaded.facts.filter(({ name }) => !SHOWN_BY_FIELDS.includes(name))}
              notices={loaded.notices}
            />
          )}
        </Stack>
        <Stack gap="sm">
          <ImportPicture
            state={state}
            last={last}
            stage={stage}
            is3d={is3d}
            onRetry={() => previews.retry()}
          />
          {(layouts.length > 1 || needsLayout) && (
            <ImportAlternatives
              title="Layouts that fit"
              alternatives={layouts.map(withState)}
              {...smallPictures}
            />
          )}
          {ups.length > 1 && (
            <ImportAlternatives title="Up axis" alternatives={ups.map(withState)} {...smallPictures} />
          )}
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
        <Button size="xs" ref={openRef} disabled={needsLayout || state?.kind === 'failed'} onClick={open}>
          Open
        </Button>
      </DialogFooter>
    </>
  );
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

function alternatives<K extends string>(
  values: readonly K[],
  titles: Readonly<Record<K, string>>,
  chosen: K | null,
  choicesWith: (value: K) => OpenChoices,
): Omit<Alternative, 'state'>[] {
  return values.map((value) => ({
    key: value,
    title: titles[value],
    choices: choicesWith(value),
    isChosen: value === chosen,
  }));
}

function describeFile({ format, shape, dimensions, frameCount }: ImportGuess): string {
  const frames = `${frameCount} ${frameCount === 1 ? 'frame' : 'frames'}`;
  if (format === 'bvh') return `BVH skeleton and motion, ${frames}`;
  const kind = dimensions === 3 ? '3D joint positions' : '2D keypoints';
  return `NPY array (${shape?.join(', ') ?? ''}): ${kind}, ${frames}`;
}
