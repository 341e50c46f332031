import { Tooltip } from '@mantine/core';
import { showVersions } from '../../actions/refine.ts';
import { useDocument } from '../../state/document.ts';
import { versionTitle } from '../../state/selectors.ts';
import classes from './ClipTree.module.css';
import { toggleVersion } from './pick-version.ts';
import { TakeMenu } from './TakeMenu.tsx';
import { TakeNameField } from './TakeNameField.tsx';
import { takeDescription, takeDetails } from './take-details.ts';
import type { TreeRow } from './tree-rows.ts';

interface Props {
  readonly row: TreeRow;
  /** Whether the Tab key comes to this row. */
  readonly isCurrent: boolean;
  readonly isRenamed: boolean;
  readonly onFocus: () => void;
  readonly onShow: () => void;
  readonly onRename: () => void;
  readonly onRenamed: () => void;
}

/** A take in the tree: its name, how it was made, and which side of the comparison shows it. */
export function TakeRow({ row, isCurrent, isRenamed, onFocus, onShow, onRename, onRenamed }: Props) {
  const { id, clip } = row;
  const take = useDocument((state) => state.takes[id]);
  const edits = useDocument((state) => state.edits[clip]);
  const isOfActiveClip = useDocument((state) => state.activeClip === clip);
  if (take === undefined || edits === undefined) return null;
  const { compare } = edits;
  const name = versionTitle(edits, id);
  const tabIndex = isCurrent ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its rows
    <div
      role="treeitem"
      data-row={id}
      data-testid={`take-row-${id}`}
      tabIndex={tabIndex}
      aria-level={2}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isOfActiveClip && (compare.a === id || compare.b === id)}
      data-idle={!isOfActiveClip}
      className={`${classes.row} ${classes.take}`}
      onFocus={onFocus}
      onClick={onShow}
    >
      <div className={classes.text}>
        {isRenamed ? (
          <TakeNameField clip={clip} take={id} name={name} onDone={onRenamed} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for F2 and the menu's Rename
          <div className={classes.name} onDoubleClick={onRename}>
            <span className={classes.nameText}>{name}</span>
          </div>
        )}
        <Tooltip label={takeDescription(take)} position="bottom-start">
          <div className={classes.details}>{takeDetails(take)}</div>
        </Tooltip>
      </div>
      {(['a', 'b'] as const).map((side) => (
        <button
          key={side}
          type="button"
          className={classes.side}
          tabIndex={tabIndex}
          aria-pressed={compare[side] === id}
          aria-label={`Show ${name} as version ${side.toUpperCase()}`}
          onClick={(event) => {
            event.stopPropagation();
            const next = toggleVersion(compare, side, id);
            showVersions(clip, next.a, next.b);
          }}
        >
          {side.toUpperCase()}
        </button>
      ))}
      <TakeMenu clip={clip} take={id} name={name} tabIndex={tabIndex} onRename={onRename} />
    </div>
  );
}
