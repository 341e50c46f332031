import { Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';

const COMMON_RATES = [24, 25, 30, 50, 60, 100, 120];
const OWN = 'own';
const OTHER = 'other';

export interface ExportRateProps {
  /** Of the clip. */
  readonly ownFps: number;
  /** Null for the clip's own. */
  readonly fps: number | null;
  readonly onChange: (fps: number | null) => void;
}

/** Frames per second of an export: the clip's own, a common rate, or any other. */
export function ExportRate({ ownFps, fps, onChange }: ExportRateProps) {
  const [isOther, setOther] = useState(fps !== null && !COMMON_RATES.includes(fps));
  const value = isOther ? OTHER : fps === null ? OWN : String(fps);
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Select
        size="xs"
        label="Frames per second"
        allowDeselect={false}
        value={value}
        data={[
          { value: OWN, label: `As the input (${Number(ownFps.toFixed(2))})` },
          ...COMMON_RATES.map((rate) => ({ value: String(rate), label: String(rate) })),
          { value: OTHER, label: 'Another rate' },
        ]}
        onChange={(chosen) => {
          setOther(chosen === OTHER);
          if (chosen === OWN) onChange(null);
          else if (chosen === OTHER) onChange(fps ?? Math.round(ownFps));
          else onChange(Number(chosen));
        }}
      />
      {isOther && (
        <NumberInput
          size="xs"
          aria-label="Other frame rate"
          w={90}
          min={1}
          max={1000}
          decimalScale={3}
          value={fps ?? Math.round(ownFps)}
          onChange={(typed) => {
            const rate = Number(typed);
            if (typed !== '' && rate > 0 && rate <= 1000) onChange(rate);
          }}
        />
      )}
    </Group>
  );
}
