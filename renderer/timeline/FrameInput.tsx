import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './TransportBar.module.css';
import { parseFrameText } from './time-text.ts';

interface FrameInputProps {
  readonly label: string;
  readonly testId: string;
  readonly frame: number;
  readonly frameTime: number;
  readonly isDisabled: boolean;
  readonly onCommit: (frame: number) => void;
}

/**
 * A frame to be typed: Enter or leaving the field takes it over, Escape takes it back. `120` is a frame, `1.5s` and
 * `1:02:07` are times.
 */
export function FrameInput({ label, testId, frame, frameTime, isDisabled, onCommit }: FrameInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.value = String(frame);
  }, [frame]);

  const commit = (): void => {
    if (input.current === null) return;
    const typed = parseFrameText(input.current.value, frameTime);
    input.current.value = String(frame);
    if (typed !== null && typed !== frame) onCommit(typed);
  };
  return (
    <TextInput
      ref={input}
      size="xs"
      w="3.75rem"
      classNames={{ input: classes.field ?? '' }}
      aria-label={label}
      title={`${label}: a frame (120) or a time (1.5s, 1:02:07)`}
      data-testid={testId}
      defaultValue={String(frame)}
      disabled={isDisabled}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key !== 'Escape') return;
        event.currentTarget.value = String(frame);
        event.currentTarget.blur();
      }}
    />
  );
}
