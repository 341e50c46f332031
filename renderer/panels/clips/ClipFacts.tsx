import { TriangleAlert } from 'lucide-react';
import type { ClipInfo } from '../../../contract/clips.ts';
import { counted } from '../parts/number-text.ts';
import classes from './ClipFacts.module.css';
import { factText } from './fact-text.ts';

/** What was found in the file, what was guessed and why, and what a user should know of it. */
export function ClipFacts({ info }: { readonly info: ClipInfo }) {
  const { fileName, facts, notices, leadFrames, derived } = info;
  const derivedCount = derived.filter(Boolean).length;
  return (
    <div className={classes.facts}>
      {notices.length > 0 && (
        <ul className={classes.notices} aria-label="Notices">
          {notices.map((notice) => (
            <li key={notice}>
              <TriangleAlert size={12} aria-hidden />
              <span>{notice}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className={classes.list}>
        <Line name="file" value={fileName} reason="" />
        {facts.map(({ name, value }) => (
          // The fact about the file is what kind it is and what tells so.
          <Line key={name} name={name === 'file' ? 'kind' : name} {...factText(value)} />
        ))}
        {leadFrames > 0 && (
          <Line
            name="lead"
            value={counted(leadFrames, 'frame')}
            reason="a T-pose before the motion; it stays as it is"
          />
        )}
        {derivedCount > 0 && (
          <Line
            name="derived"
            value={`${derivedCount} of ${derived.length} joints`}
            reason="the file does not have them; they are worked out from their neighbours"
          />
        )}
      </dl>
    </div>
  );
}

function Line({
  name,
  value,
  reason,
}: {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}) {
  return (
    <div className={classes.line}>
      <dt>{name}</dt>
      <dd>
        {value}
        {reason !== '' && <div className={classes.reason}>{reason}</div>}
      </dd>
    </div>
  );
}
