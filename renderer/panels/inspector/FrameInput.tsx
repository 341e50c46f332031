import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { parseFrameText } from '../../timeline/time-text.ts';

interface Props {
  readonly id?: string;
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** Seconds per frame, for times that are typed. */
  readonly frameTime: number;
  readonly testId: string;
  readonly onCommit: (value: number) => void;
}

/**
 * A number of frames, or a time (`1.5s`) in its place. What is typed, or stepped to with the arrow keys, counts on
 * Enter or on leaving the field, so that it is one step to undo; Escape takes it back.
 */
export function FrameInput({ id, label, value, max, frameTime, testId, onCommit }: Props) {
  const [draft, setDraft] = useState(String(value));
  useEffect(() => setDraft(String(value)), [value]);

  const parse = (text: string): number | null => {
    const frames = parseFrameText(text, frameTime);
    return frames === null ? null : Math.min(max, Math.max(0, frames));
  };
  const commit = (text: string): void => {
    const frames = parse(text);
    setDraft(String(frames ?? value));
    if (frames !== null && frames !== value) onCommit(frames);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') commit(event.currentTarget.value);
    else if (event.key === 'Escape') setDraft(String(value));
    else if (step !== undefined) {
      event.preventDefault();
      setDraft(String(parse(String((parse(draft) ?? value) + step)) ?? 0));
    }
  };
  return (
    <TextInput
      {...(id === undefined ? {} : { id })}
      size="xs"
      w={56}
      inputMode="numeric"
      aria-label={label}
      title={`${label}: a number (120) or a time (1.5s)`}
      data-testid={testId}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
