import { Group, Select } from '@mantine/core';
import type { ExportTarget } from './export-presets.ts';

export interface ExportUnitsProps {
  readonly target: ExportTarget;
  readonly onChange: (change: Partial<ExportTarget>) => void;
}

/** Unit and up axis of formats that leave them open. */
export function ExportUnits({ target, onChange }: ExportUnitsProps) {
  return (
    <Group gap="sm" grow>
      <Select
        size="xs"
        label="Unit"
        allowDeselect={false}
        value={target.unit}
        data={[
          { value: 'as-input', label: 'As the input' },
          { value: 'm', label: 'Metres' },
          { value: 'cm', label: 'Centimetres' },
          { value: 'mm', label: 'Millimetres' },
        ]}
        onChange={(unit) => onChange({ unit: unit as ExportTarget['unit'] })}
      />
      <Select
        size="xs"
        label="Up axis"
        allowDeselect={false}
        value={target.up}
        data={[
          { value: 'as-input', label: 'As the input' },
          { value: 'y', label: 'Y up' },
          { value: 'z', label: 'Z up' },
        ]}
        onChange={(up) => onChange({ up: up as ExportTarget['up'] })}
      />
    </Group>
  );
}
