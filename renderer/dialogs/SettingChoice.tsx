import { SegmentedControl, Text } from '@mantine/core';
import { useId } from 'react';

export interface SettingChoiceProps<T extends string> {
  readonly label: string;
  readonly description?: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few values, all of them in sight. */
export function SettingChoice<T extends string>(props: SettingChoiceProps<T>) {
  const { label, description, value, options, onChange } = props;
  const labelId = useId();
  return (
    <div>
      <Text size="xs" fw={500} mb={4} id={labelId}>
        {label}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={labelId}
        value={value}
        data={[...options]}
        onChange={(chosen) => onChange(chosen as T)}
      />
      {description !== undefined && (
        <Text size="xs" mt={4}>
          {description}
        </Text>
      )}
    </div>
  );
}
