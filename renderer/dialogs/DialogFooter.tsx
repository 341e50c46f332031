import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DialogFooter.module.css';

export interface DialogFooterProps {
  /** Stands at the left, away from the buttons. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** The buttons of a dialog; they stay in sight when its body scrolls. */
export function DialogFooter({ aside, children }: DialogFooterProps) {
  return (
    <div className={classes.footer}>
      <div>{aside}</div>
      <Group gap="xs">{children}</Group>
    </div>
  );
}
