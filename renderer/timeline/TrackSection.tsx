import { UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import classes from './TrackSection.module.css';

interface TrackSectionProps {
  readonly title: string;
  readonly testId: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  /** Stands right of the title. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A track that can be folded away. */
export function TrackSection({ title, testId, isOpen, onToggle, controls, children }: TrackSectionProps) {
  const id = useId();
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={classes.section} data-testid={testId}>
      <div className={classes.header}>
        <UnstyledButton
          className={classes.title}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => onToggle(!isOpen)}
        >
          <Arrow size="0.875rem" aria-hidden="true" />
          {title}
        </UnstyledButton>
        {isOpen && controls}
      </div>
      <div id={id}>{isOpen && children}</div>
    </div>
  );
}
