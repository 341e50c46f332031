import { Badge, Menu } from '@mantine/core';
import { ChevronRight, FileCog, FileDown, Info, X } from 'lucide-react';
import { closeClip } from '../../actions/open-files.ts';
import { openDialog } from '../../state/activity.ts';
import { useDocument } from '../../state/document.ts';
import { fpsText } from '../../timeline/time-text.ts';
import { counted, durationText } from '../parts/number-text.ts';
import classes from './ClipTree.module.css';
import { formatText, personTitle } from './clip-text.ts';
import { RowMenu } from './RowMenu.tsx';
import type { TreeRow } from './tree-rows.ts';

interface Props {
  readonly row: TreeRow;
  /** Whether the Tab key comes to this row. */
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
  readonly onShow: () => void;
  readonly onFold: () => void;
  readonly onShowFacts: () => void;
}

/** A clip in the tree: its name and size, folding, and what can be done with it. */
export function ClipRow({ row, isCurrent, onFocus, onShow, onFold, onShowFacts }: Props) {
  const clip = useDocument((state) => state.clips[row.clip]);
  const isActive = useDocument((state) => state.activeClip === row.clip);
  if (clip === undefined) return null;
  const { name, fileName, frameCount, frameTime, format, dimensions } = clip.info;
  const tabIndex = isCurrent ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its rows
    <div
      role="treeitem"
      data-row={row.id}
      data-testid={`clip-row-${row.id}`}
      tabIndex={tabIndex}
      aria-level={1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isActive}
      {...(row.isExpanded === null ? {} : { 'aria-expanded': row.isExpanded })}
      className={classes.row}
      onFocus={onFocus}
      onClick={onShow}
    >
      {row.isExpanded === null ? (
        <span className={classes.fold} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={classes.fold}
          data-open={row.isExpanded}
          aria-label={row.isExpanded ? `Hide the takes of ${name}` : `Show the takes of ${name}`}
          onClick={(event) => {
            event.stopPropagation();
            onFold();
          }}
        >
          <ChevronRight size={14} aria-hidden />
        </button>
      )}
      <div className={classes.text}>
        <div className={classes.name}>
          <span className={classes.nameText} title={fileName}>
            {name}
          </span>
          {clip.choices.person !== undefined && (
            <Badge size="xs" variant="outline" color="gray" flex="none" maw="8em" tt="none">
              {personTitle(clip.choices.person)}
            </Badge>
          )}
          {dimensions === 2 && (
            <Badge size="xs" variant="outline" color="gray" flex="none">
              2D
            </Badge>
          )}
        </div>
        <div className={classes.details}>
          {formatText(format)} · {counted(frameCount, 'frame')} · {durationText(frameCount * frameTime)} ·{' '}
          {fpsText(frameTime)} fps
        </div>
      </div>
      <RowMenu name={name} width={170} tabIndex={tabIndex}>
        <Menu.Item leftSection={<Info size={14} />} onClick={onShowFacts}>
          Facts
        </Menu.Item>
        <Menu.Item
          leftSection={<FileCog size={14} />}
          onClick={() =>
            openDialog({
              kind: 'import',
              file: clip.file,
              again: { clip: row.clip, choices: clip.choices },
            })
          }
        >
          Open with…
        </Menu.Item>
        <Menu.Item
          leftSection={<FileDown size={14} />}
          onClick={() => openDialog({ kind: 'export', clip: row.clip })}
        >
          Export…
        </Menu.Item>
        <Menu.Item leftSection={<X size={14} />} onClick={() => closeClip(row.clip)}>
          Close
        </Menu.Item>
      </RowMenu>
    </div>
  );
}
