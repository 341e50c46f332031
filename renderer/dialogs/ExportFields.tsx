import { Checkbox, Fieldset, Group, Radio, Select, Stack, Text } from '@mantine/core';
import { type ExportFormat, isRigFormat } from '../../contract/file-kinds.ts';
import type { ClipEdits, OpenClip } from '../state/document.ts';
import { versionTitle } from '../state/selectors.ts';
import classes from './ExportDialog.module.css';
import { ExportPresetField } from './ExportPresetField.tsx';
import { ExportRate } from './ExportRate.tsx';
import { ExportRig } from './ExportRig.tsx';
import { ExportUnits } from './ExportUnits.tsx';
import type { ExportForm } from './export-form.ts';
import { FORMAT_TEXTS, formatsFor, hasChoiceOfUnit } from './export-formats.ts';
import { changedTarget, type ExportTarget, withChange } from './export-presets.ts';

export interface ExportFieldsProps {
  readonly clip: OpenClip;
  readonly edits: ClipEdits;
  readonly form: ExportForm;
  readonly onChange: (form: ExportForm) => void;
}

/** Everything about an export that can be chosen. */
export function ExportFields({ clip, edits, form, onChange }: ExportFieldsProps) {
  const { info } = clip;
  const is3d = info.dimensions === 3;
  const target = changedTarget(form.preset, form.changes, info);
  const change = (part: Partial<ExportForm>): void => onChange({ ...form, ...part });
  const changeTarget = (part: Partial<ExportTarget>): void =>
    change({ changes: withChange(form.preset, form.changes, info, part) });
  return (
    <Stack gap="sm">
      {is3d && (
        <ExportPresetField
          preset={form.preset}
          isChanged={Object.keys(form.changes).length > 0}
          format={target.format}
          onChange={(preset) => change({ preset, changes: {} })}
        />
      )}
      <Fieldset legend="Versions" variant="unstyled">
        <Group gap="6px 16px">
          {edits.takes.map((take) => (
            <Checkbox
              key={take}
              size="xs"
              label={versionTitle(edits, take)}
              checked={form.takes.includes(take)}
              onChange={(event) => {
                const others = form.takes.filter((other) => other !== take);
                change({ takes: event.currentTarget.checked ? [...others, take] : others });
              }}
            />
          ))}
          <Checkbox
            size="xs"
            label="Input, as it came"
            checked={form.raw}
            onChange={(event) => change({ raw: event.currentTarget.checked })}
          />
        </Group>
        {edits.takes.length === 0 && (
          <Text size="xs" mt={6}>
            There is no take yet: refine the clip to export a clean one.
          </Text>
        )}
      </Fieldset>
      <Radio.Group
        size="xs"
        label="Frames"
        value={form.isCut && edits.range !== null ? 'cut' : 'whole'}
        onChange={(value) => change({ isCut: value === 'cut' })}
      >
        <Group gap="md" mt={4}>
          <Radio size="xs" value="whole" label={`Whole clip (${info.frameCount})`} />
          <Radio
            size="xs"
            value="cut"
            disabled={edits.range === null}
            label={edits.range === null ? 'In to out: set both in the timeline' : rangeTitle(edits.range)}
          />
        </Group>
      </Radio.Group>
      <div>
        <Group gap="sm" align="flex-end" grow>
          <Select
            size="xs"
            label="Format"
            allowDeselect={false}
            maxDropdownHeight={400}
            comboboxProps={{ width: 400, position: 'bottom-start' }}
            value={target.format}
            data={formatsFor(info).map((format) => ({ value: format, label: FORMAT_TEXTS[format].title }))}
            renderOption={({ option, checked }) => {
              const { title, description } = FORMAT_TEXTS[option.value as ExportFormat];
              return (
                <div>
                  <Text size="xs" fw={checked ? 600 : 400}>
                    {title}
                  </Text>
                  <Text className={classes.note ?? ''}>{description}</Text>
                </div>
              );
            }}
            onChange={(format) => changeTarget({ format: format as ExportFormat })}
          />
          <ExportRate ownFps={1 / info.frameTime} fps={form.fps} onChange={(fps) => change({ fps })} />
        </Group>
        <p className={classes.note}>{FORMAT_TEXTS[target.format].description}</p>
      </div>
      {is3d && isRigFormat(target.format) && <ExportRig target={target} onChange={changeTarget} />}
      {is3d && hasChoiceOfUnit(target.format) && <ExportUnits target={target} onChange={changeTarget} />}
    </Stack>
  );
}

function rangeTitle([first, last]: readonly [number, number]): string {
  return `In to out: ${first} to ${last} (${last - first + 1})`;
}
