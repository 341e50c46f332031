import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './Section.module.css';

interface Props {
  readonly title: string;
  /** Shown beside the title, open or closed. */
  readonly summary?: ReactNode;
  readonly startsClosed?: boolean;
  /** A new object unfolds the part and scrolls to it. */
  readonly reveal?: object | null;
  readonly children: ReactNode;
}

/** A part of a panel that can be folded away. */
export function Section({ title, summary, startsClosed = false, reveal = null, children }: Props) {
  const [isOpen, setIsOpen] = useState(!startsClosed);
  const root = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (reveal === null || root.current === null) return;
    // At once, so that there is something to scroll to; React hears of it through onToggle.
    root.current.open = true;
    root.current.scrollIntoView({ block: 'start' });
    root.current.querySelector('summary')?.focus({ preventScroll: true });
  }, [reveal]);
  return (
    <details
      ref={root}
      className={classes.section}
      open={isOpen}
      onToggle={(event) => {
        const { open } = event.currentTarget;
        // What was asked for comes into sight; a section that is open from the start is where it is.
        if (open && !isOpen) event.currentTarget.scrollIntoView({ block: 'nearest' });
        setIsOpen(open);
      }}
    >
      <summary className={classes.head}>
        <ChevronRight size={14} aria-hidden className={classes.arrow} />
        <span className={classes.title}>{title}</span>
        {summary !== undefined && <span className={classes.summary}>{summary}</span>}
      </summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
