import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { renameTake } from '../../actions/refine.ts';

interface Props {
  readonly clip: string;
  readonly take: string;
  readonly name: string;
  readonly onDone: () => void;
}

/** The take's name while it is edited: Enter or leaving the field keeps it, Escape does not. */
export function TakeNameField({ clip, take, name, onDone }: Props) {
  const isOver = useRef(false);
  const finish = (text: string | null): void => {
    // Leaving the field follows Enter and Escape.
    if (isOver.current) return;
    isOver.current = true;
    if (text !== null && text.trim() !== name) renameTake(clip, take, text);
    onDone();
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      defaultValue={name}
      maxLength={100}
      aria-label="Name of the take"
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => {
        // The menu that began the renaming hands the focus back to its button once it has closed.
        if (event.relatedTarget?.getAttribute('aria-haspopup') === 'menu') event.currentTarget.focus();
        else finish(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
