import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { runExport } from '../actions/export.ts';
import type { SavedFile } from '../host/host-bridge.ts';
import { closeDialog, useActivity } from '../state/activity.ts';
import { type ClipEdits, type OpenClip, useDocument } from '../state/document.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { DialogFrame } from './DialogFrame.tsx';
import classes from './ExportDialog.module.css';
import { ExportFields } from './ExportFields.tsx';
import { ExportSummary } from './ExportSummary.tsx';
import { type ExportForm, type ExportHabit, exportChoices, startingForm } from './export-form.ts';
import { Note } from './Note.tsx';
import { useExportDescription } from './use-export-description.ts';

/** How the last export of this session was made. */
let habit: ExportHabit | null = null;

/** Asks what of a clip is written, and how, and says before and after what that is. */
export function ExportDialog() {
  const dialog = useActivity((state) => state.dialog);
  const id = dialog?.kind === 'export' ? dialog.clip : null;
  const clip = useDocument((state) => (id === null ? undefined : state.clips[id]));
  const edits = useDocument((state) => (id === null ? undefined : state.edits[id]));
  const isOpen = id !== null && clip !== undefined && edits !== undefined;
  return (
    <DialogFrame
      testId="export-dialog"
      title={clip === undefined ? 'Export' : `Export ${clip.info.name}`}
      width={880}
      isOpen={isOpen}
    >
      {isOpen && <ExportQuestion key={id} id={id} clip={clip} edits={edits} />}
    </DialogFrame>
  );
}

type Writing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'saved'; readonly saved: SavedFile }
  | { readonly kind: 'failed'; readonly message: string };

interface ExportQuestionProps {
  readonly id: string;
  readonly clip: OpenClip;
  readonly edits: ClipEdits;
}

function ExportQuestion({ id, clip, edits }: ExportQuestionProps) {
  const [form, setForm] = useState(() => startingForm(edits, habit));
  const [writing, setWriting] = useState<Writing>({ kind: 'idle' });
  const state = useExportDescription(exportChoices(id, clip.info, edits, form));

  const change = (next: ExportForm): void => {
    setForm(next);
    setWriting({ kind: 'idle' });
  };
  const write = async (): Promise<void> => {
    if (state.kind !== 'ready') return;
    habit = { preset: form.preset, changes: form.changes, fps: form.fps };
    setWriting({ kind: 'running' });
    try {
      const saved = await runExport(state.choices, state.description);
      setWriting(saved === null ? { kind: 'idle' } : { kind: 'saved', saved });
    } catch (error) {
      setWriting({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const count = state.kind === 'ready' ? state.description.files.length : 1;
  return (
    <>
      <div className={classes.columns}>
        <ExportFields clip={clip} edits={edits} form={form} onChange={change} />
        <ExportSummary state={state} edits={edits} />
      </div>
      <div role="status" className={classes.outcome}>
        {writing.kind === 'saved' && <SavedNote saved={writing.saved} />}
        {writing.kind === 'failed' && (
          <Note kind="error" title="Nothing was written">
            {writing.message}
          </Note>
        )}
      </div>
      <DialogFooter>
        <Button size="xs" variant="default" onClick={closeDialog}>
          {writing.kind === 'saved' ? 'Close' : 'Cancel'}
        </Button>
        <Button
          size="xs"
          data-autofocus
          disabled={state.kind !== 'ready'}
          loading={writing.kind === 'running'}
          onClick={() => void write()}
        >
          {count === 1 ? 'Export' : `Export ${count} files`}
        </Button>
      </DialogFooter>
    </>
  );
}

function SavedNote({ saved }: { readonly saved: SavedFile }) {
  return (
    <Note kind="done" title="Exported to">
      <Group justify="space-between" gap="xs">
        <span>{saved.place}</span>
        {saved.reveal !== undefined && (
          <Button size="compact-xs" variant="default" onClick={saved.reveal}>
            Show in folder
          </Button>
        )}
      </Group>
    </Note>
  );
}
