import type { ReactNode } from 'react';
import { Advice } from '../parts/Advice.tsx';
import classes from './Field.module.css';

interface Props {
  readonly title: string;
  /** Id of the control, if one stands alone. */
  readonly control?: string;
  readonly advice?: string;
  readonly children: ReactNode;
}

/** A line of the inspector: what it is, what it does, and its control. */
export function Field({ title, control, advice, children }: Props) {
  return (
    <div className={classes.field}>
      <div className={classes.title}>
        {control === undefined ? <span>{title}</span> : <label htmlFor={control}>{title}</label>}
        {advice !== undefined && <Advice about={title.toLowerCase()}>{advice}</Advice>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
