import { Checkbox, Fieldset, Group, Radio, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { ClipEdits, OpenClip } from '../state/document.ts';
import { versionTitle } from '../state/selectors.ts';
import { ExportRate } from './ExportRate.tsx';
import type { ExportForm } from './export-form.ts';
import {
  EXPORT_PRESET_NAMES,
  EXPORT_PRESETS,
  type ExportPresetName,
  type ExportTarget,
  presetTarget,
} from './export-presets.ts';

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
  const change = (part: Partial<ExportForm>): void => onChange({ ...form, ...part });
  const changeTarget = (part: Partial<ExportTarget>): void =>
    change({ preset: null, target: { ...form.target, ...part } });
  return (
    <Stack gap="sm">
      {is3d && (
        <div>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="Preset"
            value={form.preset ?? ''}
            data={EXPORT_PRESET_NAMES.map((name) => ({ value: name, label: EXPORT_PRESETS[name].title }))}
            onChange={(chosen) => {
              const preset = chosen as ExportPresetName;
              change({ preset, target: presetTarget(preset, info) });
            }}
          />
          <Text size="xs" mt={4} mih="3.2em">
            {form.preset === null
              ? 'Chosen by hand. A preset sets format, unit and up axis.'
              : EXPORT_PRESETS[form.preset].description}
          </Text>
        </div>
      )}
      <Fieldset legend="Versions" variant="unstyled">
        <Stack gap={6}>
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
          {edits.takes.length === 0 && (
            <Text size="xs">There is no take yet: refine the clip to export a clean one.</Text>
          )}
        </Stack>
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
      <Group gap="sm" align="flex-end" wrap="wrap">
        {is3d && (
          <Select
            size="xs"
            label="Format"
            w={90}
            allowDeselect={false}
            value={form.target.format}
            data={[
              { value: 'bvh', label: 'BVH' },
              { value: 'npy', label: 'NPY' },
            ]}
            onChange={(format) => changeTarget({ format: format as ExportTarget['format'] })}
          />
        )}
        <ExportRate ownFps={1 / info.frameTime} fps={form.fps} onChange={(fps) => change({ fps })} />
      </Group>
      {is3d && (
        <Group gap="sm" grow>
          <Select
            size="xs"
            label="Unit"
            allowDeselect={false}
            value={form.target.unit}
            data={[
              { value: 'as-input', label: 'As the input' },
              { value: 'm', label: 'Metres' },
              { value: 'cm', label: 'Centimetres' },
              { value: 'mm', label: 'Millimetres' },
            ]}
            onChange={(unit) => changeTarget({ unit: unit as ExportTarget['unit'] })}
          />
          <Select
            size="xs"
            label="Up axis"
            allowDeselect={false}
            value={form.target.up}
            data={[
              { value: 'as-input', label: 'As the input' },
              { value: 'y', label: 'Y up' },
              { value: 'z', label: 'Z up' },
            ]}
            onChange={(up) => changeTarget({ up: up as ExportTarget['up'] })}
          />
        </Group>
      )}
    </Stack>
  );
}

function rangeTitle([first, last]: readonly [number, number]): string {
  return `In to out: ${first} to ${last} (${last - first + 1})`;
}
