import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
  /** What is not there, or what went wrong. */
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly isFailure?: boolean;
}

/** What a panel says while it has nothing to show. */
export function EmptyState({ title, children, isFailure = false }: Props) {
  return (
    <div className={classes.empty} {...(isFailure ? { role: 'alert' } : {})}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.advice}>{children}</div>}
    </div>
  );
}
