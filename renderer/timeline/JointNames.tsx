import type { KeyboardEvent } from 'react';
import { setActivity, useActivity } from '../state/activity.ts';
import { JOINT_TITLES } from './joint-title.ts';
import classes from './TrackSection.module.css';

interface JointNamesProps {
  readonly derived: readonly boolean[];
  readonly rowHeight: number;
  /** Whether the rows are too low for a name each; then limbs are named, and the joint chosen or pointed at. */
  readonly isCompact: boolean;
}

/** Rows that belong together, by body-17 joint. */
const LIMBS = [
  { title: 'Pelvis', first: 0, rows: 1 },
  { title: 'Right leg', first: 1, rows: 3 },
  { title: 'Left leg', first: 4, rows: 3 },
  { title: 'Spine to head', first: 7, rows: 4 },
  { title: 'Left arm', first: 11, rows: 3 },
  { title: 'Right arm', first: 14, rows: 3 },
] as const;

/** The rows' names: choose one joint, or by the same name all again. Arrow keys move the choice. */
export function JointNames({ derived, rowHeight, isCompact }: JointNamesProps) {
  const selected = useActivity((state) => state.selectedJoint);
  const moveChoice = (event: KeyboardEvent<HTMLElement>, joint: number): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (joint + by + JOINT_TITLES.length) % JOINT_TITLES.length;
    setActivity({ selectedJoint: next });
    (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className={classes.names} role="radiogroup" aria-label="Joint the curves show">
      {JOINT_TITLES.map((title, joint) => (
        // biome-ignore lint/a11y/useSemanticElements: the choice can be taken back, which a radio input cannot
        <span
          key={title}
          role="radio"
          aria-checked={selected === joint}
          tabIndex={joint === (selected ?? 0) ? 0 : -1}
          className={classes.name}
          data-compact={isCompact}
          data-name={title}
          {...(isCompact ? { 'aria-label': title } : {})}
          data-derived={derived[joint] === true}
          title={derived[joint] === true ? `${title}: derived, the file does not have this joint` : title}
          style={{ height: rowHeight, lineHeight: `${rowHeight}px` }}
          onClick={() => setActivity({ selectedJoint: selected === joint ? null : joint })}
          onKeyDown={(event) => {
            if (event.key !== ' ' && event.key !== 'Enter') return moveChoice(event, joint);
            event.preventDefault();
            event.stopPropagation();
            setActivity({ selectedJoint: selected === joint ? null : joint });
          }}
        >
          {isCompact ? '' : title}
        </span>
      ))}
      {isCompact &&
        LIMBS.map(({ title, first, rows }) => (
          <span
            key={title}
            className={classes.limb}
            aria-hidden="true"
            style={{ top: first * rowHeight, height: rows * rowHeight }}
          >
            {title}
          </span>
        ))}
    </div>
  );
}
