import type { ReactNode } from 'react';
import classes from './Note.module.css';

export interface NoteProps {
  /** `error`: it did not work; `warning`: read this before; `done`: it worked. */
  readonly kind: 'error' | 'warning' | 'done';
  readonly title: string;
  readonly children: ReactNode;
}

/** Something a dialog says in place, where it happened. */
export function Note({ kind, title, children }: NoteProps) {
  return (
    <div className={classes.note} data-kind={kind} role={kind === 'error' ? 'alert' : undefined}>
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}
