import type { Fact } from '../../contract/clips.ts';
import classes from './FactList.module.css';
import { Note } from './Note.tsx';

export interface FactListProps {
  readonly facts: readonly Fact[];
  readonly notices: readonly string[];
}

/** What was found in a file, and what a user should read about it. */
export function FactList({ facts, notices }: FactListProps) {
  return (
    <>
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {notices.length > 0 && (
        <Note kind="warning" title="Please note">
          <ul className={classes.notices}>
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
