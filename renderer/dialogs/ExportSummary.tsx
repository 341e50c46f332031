import { Group, Loader, Text } from '@mantine/core';
import classes from './ExportSummary.module.css';
import { Note } from './Note.tsx';
import type { DescriptionState } from './use-export-description.ts';

/** What will be written, before it is. */
export function ExportSummary({ state }: { readonly state: DescriptionState }) {
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
      {state.kind === 'ready' && <Description {...state} />}
    </section>
  );
}

function Description({ description }: Extract<DescriptionState, { kind: 'ready' }>) {
  const { files, frames, fps, unit, up, joints, remarks } = description;
  const rows = [
    [files.length === 1 ? 'File' : 'Files', files.map(({ name }) => name).join('\n')],
    ['Frames', `${frames} at ${Number(fps.toFixed(3))} per second, ${Number((frames / fps).toFixed(2))} s`],
    ['Unit', UNIT_NAMES[unit] ?? unit],
    ['Up axis', up.length <= 2 ? up.toUpperCase() : up],
    ['Joints', String(joints)],
  ];
  return (
    <>
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

const UNIT_NAMES: Readonly<Record<string, string>> = {
  m: 'metres',
  cm: 'centimetres',
  mm: 'millimetres',
  inch: 'inches',
  cmu: 'CMU units (5.64 cm)',
};
