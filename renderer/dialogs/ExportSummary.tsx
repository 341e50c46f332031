import { Group, Loader, Text } from '@mantine/core';
import type { ExportedFile, ExportPreset } from '../../contract/exports.ts';
import type { ClipEdits } from '../state/document.ts';
import { versionTitle } from '../state/selectors.ts';
import classes from './ExportSummary.module.css';
import { EXPORT_PRESET_TEXTS } from './export-presets.ts';
import { Note } from './Note.tsx';
import type { DescriptionState } from './use-export-description.ts';

export interface ExportSummaryProps {
  readonly state: DescriptionState;
  readonly edits: ClipEdits;
}

/** What will be written, before it is. */
export function ExportSummary({ state, edits }: ExportSummaryProps) {
  return (
    <section className={classes.summary} aria-label="What will be written" aria-live="polite">
      <Text size="xs" fw={600}>
        What will be written
      </Text>
      {state.kind === 'waiting' && (
        <Group gap="xs" mt={6}>
          <Loader size="xs" />
          <Text size="xs">Working it out</Text>
        </Group>
      )}
      {state.kind === 'failed' && (
        <Note kind="error" title="This cannot be exported">
          {state.message}
        </Note>
      )}
      {state.kind === 'ready' && <Description {...state} edits={edits} />}
    </section>
  );
}

type DescriptionProps = Extract<DescriptionState, { kind: 'ready' }> & Pick<ExportSummaryProps, 'edits'>;

function Description({ choices, description, edits }: DescriptionProps) {
  const { files, frames, fps, unit, up, joints, remarks } = description;
  const rows = [
    ['Frames', `${frames} at ${Number(fps.toFixed(3))} per second, ${Number((frames / fps).toFixed(2))} s`],
    ['Unit', UNIT_NAMES[unit] ?? unit],
    ['Up axis', up.length <= 2 ? up.toUpperCase() : up],
    ['Joints', String(joints)],
  ];
  return (
    <>
      <ul className={classes.files} aria-label="Files">
        {files.map((file) => (
          <li key={file.name}>
            {file.name}
            <span className={classes.holds}>{contentText(file, edits, choices.preset)}</span>
          </li>
        ))}
      </ul>
      <dl className={classes.rows}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className={classes.remarks}>
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </>
  );
}

/** What a file holds: versions of the clip, or the script that imports them. */
function contentText({ takes }: ExportedFile, edits: ClipEdits, preset: ExportPreset | undefined): string {
  if (takes.length > 0) return takes.map((take) => versionTitle(edits, take ?? 'input')).join(', ');
  const does = preset === undefined ? undefined : EXPORT_PRESET_TEXTS[preset].script;
  return `Script: ${does ?? 'imports it'}`;
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  m: 'metres',
  cm: 'centimetres',
  mm: 'millimetres',
  inch: 'inches',
  cmu: 'CMU units (5.64 cm)',
};
