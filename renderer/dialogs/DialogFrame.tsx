import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { closeDialog } from '../state/activity.ts';
import { useReducedMotionSetting } from '../theme/reduced-motion.ts';
import classes from './DialogFrame.module.css';

const OPENING_MS = 120;

export interface DialogFrameProps {
  readonly testId: string;
  readonly title: string;
  /** Width in CSS pixels at a UI scale of 100 %. */
  readonly width: number;
  readonly isOpen: boolean;
  /** Called when the user closes it by Esc, the cross or a click beside it; by default the dialog just closes. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** What every dialog has: a title that names it, a way out by Esc, the focus kept inside and given back after. */
export function DialogFrame({ testId, title, width, isOpen, onClose, children }: DialogFrameProps) {
  const isStill = useReducedMotionSetting();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose ?? closeDialog}
      title={title}
      size={width}
      attributes={{ content: { 'data-testid': testId } }}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
      }}
      overlayProps={{ backgroundOpacity: 0.5 }}
      transitionProps={{ duration: isStill ? 0 : OPENING_MS, exitDuration: 0, transition: 'fade' }}
      closeButtonProps={{ 'aria-label': 'Close', size: 'sm' }}
    >
      {children}
    </Modal>
  );
}
