import { Anchor, SegmentedControl, Text } from '@mantine/core';
import type { ExportFormat } from '../../contract/file-kinds.ts';
import { PRESET_TARGETS } from '../../contract/preset-targets.ts';
import classes from './ExportDialog.module.css';
import { FORMAT_TEXTS } from './export-formats.ts';
import { EXPORT_PRESET_NAMES, EXPORT_PRESET_TEXTS, type ExportPresetName } from './export-presets.ts';

export interface ExportPresetFieldProps {
  readonly preset: ExportPresetName;
  /** Whether fields differ from what the preset says. */
  readonly isChanged: boolean;
  readonly format: ExportFormat;
  /** Chooses a preset, or the present one without the changes. */
  readonly onChange: (preset: ExportPresetName) => void;
}

/** The program the files are for, and what to do with them there. */
export function ExportPresetField({ preset, isChanged, format, onChange }: ExportPresetFieldProps) {
  const { title, description } = EXPORT_PRESET_TEXTS[preset];
  const best = preset === 'as-input' ? format : PRESET_TARGETS[preset].format;
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Preset"
        value={preset}
        data={EXPORT_PRESET_NAMES.map((name) => ({ value: name, label: EXPORT_PRESET_TEXTS[name].title }))}
        onChange={(chosen) => onChange(chosen as ExportPresetName)}
      />
      <Text size="xs" mt={4} className={classes.description ?? ''}>
        {format === best ? description : `${title} takes ${FORMAT_TEXTS[best].title} best.`}
        {isChanged && (
          <>
            {' Changed by hand: '}
            <Anchor component="button" type="button" size="xs" onClick={() => onChange(preset)}>
              undo the changes
            </Anchor>
          </>
        )}
      </Text>
    </div>
  );
}
