import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { activateClip, closeClip } from '../../actions/open-files.ts';
import { removeTake, showVersions } from '../../actions/refine.ts';
import { useDocument } from '../../state/document.ts';
import { onRequest } from '../../state/requests.ts';
import { ClipRow } from './ClipRow.tsx';
import classes from './ClipTree.module.css';
import { TakeRow } from './TakeRow.tsx';
import { type TreeRow, treeMove, treeRows } from './tree-rows.ts';

/** Clips and their takes. One row takes the focus, arrows move it, Enter shows what it stands on. */
export function ClipTree({ onShowFacts }: { readonly onShowFacts: () => void }) {
  const order = useDocument((state) => state.order);
  const edits = useDocument((state) => state.edits);
  const activeClip = useDocument((state) => state.activeClip);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const [renamed, setRenamed] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);

  const rows = treeRows(order, edits, folded);
  const current = rows.some((row) => row.id === focused) ? focused : activeClip;

  const focusRow = (id: string | null): void => {
    setFocused(id);
    tree.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus();
  };
  useEffect(() => onRequest('focus-clips', () => focusRow(useDocument.getState().activeClip)));

  const fold = (clip: string, isFolded: boolean): void => {
    const others = [...folded].filter((other) => other !== clip);
    setFolded(new Set(isFolded ? [...others, clip] : others));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Buttons and fields inside a row keep their own keys.
    const row = rows.find(({ id }) => (event.target as HTMLElement).dataset.row === id);
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(rows, row.id, event.key);
    if (move?.kind === 'go') focusRow(move.id);
    else if (move !== null) fold(move.clip, move.kind === 'fold');
    else if (event.key === 'Enter') show(row);
    else if (event.key === 'F2' && row.kind === 'take') setRenamed(row.id);
    else if (event.key === 'Delete') remove(row, focusRow);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={tree}
      role="tree"
      tabIndex={-1}
      aria-label="Clips and takes"
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => {
        const common = {
          row,
          isCurrent: row.id === current,
          onFocus: () => setFocused(row.id),
          onShow: () => show(row),
        };
        return row.kind === 'clip' ? (
          <ClipRow
            key={row.id}
            {...common}
            onFold={() => fold(row.clip, row.isExpanded === true)}
            onShowFacts={() => {
              activateClip(row.clip);
              onShowFacts();
            }}
          />
        ) : (
          <TakeRow
            key={row.id}
            {...common}
            isRenamed={renamed === row.id}
            onRename={() => setRenamed(row.id)}
            onRenamed={() => {
              setRenamed(null);
              focusRow(row.id);
            }}
          />
        );
      })}
    </div>
  );
}

/** A clip comes to the front; a take does so with its clip, as version B. */
function show({ kind, id, clip }: TreeRow): void {
  activateClip(clip);
  if (kind === 'clip') return;
  const { a, b } = useDocument.getState().edits[clip].compare;
  if (b !== id) showVersions(clip, a === id ? 'input' : a, id);
}

/** The focus stays in the tree: on the clip of a removed take, on the clip shown after a closed one. */
function remove({ kind, id, clip }: TreeRow, focusRow: (id: string | null) => void): void {
  if (kind === 'clip') closeClip(clip);
  else removeTake(clip, id);
  focusRow(kind === 'clip' ? useDocument.getState().activeClip : clip);
}
