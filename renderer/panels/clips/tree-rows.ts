import type { ClipEdits } from '../../state/document.ts';

/** A visible line of the tree: a clip, or a take below its clip. */
export interface TreeRow {
  readonly kind: 'clip' | 'take';
  readonly id: string;
  readonly clip: string;
  /** From 1, among its siblings. */
  readonly position: number;
  readonly siblings: number;
  /** Null for rows that have nothing below them. */
  readonly isExpanded: boolean | null;
}

/** Lines from top to bottom; takes of folded clips are left out. */
export function treeRows(
  order: readonly string[],
  edits: Readonly<Record<string, Pick<ClipEdits, 'takes'>>>,
  folded: ReadonlySet<string>,
): TreeRow[] {
  return order.flatMap((clip, at): TreeRow[] => {
    const takes = edits[clip]?.takes ?? [];
    const isExpanded = takes.length === 0 ? null : !folded.has(clip);
    const head: TreeRow = {
      kind: 'clip',
      id: clip,
      clip,
      position: at + 1,
      siblings: order.length,
      isExpanded,
    };
    if (isExpanded !== true) return [head];
    return [
      head,
      ...takes.map(
        (take, index): TreeRow => ({
          kind: 'take',
          id: take,
          clip,
          position: index + 1,
          siblings: takes.length,
          isExpanded: null,
        }),
      ),
    ];
  });
}

/** What an arrow key does: moves to a row, folds or unfolds a clip, or nothing. */
export type TreeMove =
  | { readonly kind: 'go'; readonly id: string }
  | { readonly kind: 'fold' | 'unfold'; readonly clip: string };

/** As the ARIA authoring practices give the keys of a tree. Null where a key means nothing. */
export function treeMove(rows: readonly TreeRow[], current: string, key: string): TreeMove | null {
  const at = rows.findIndex((row) => row.id === current);
  if (at < 0) return null;
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return goTo(rows[at + 1]);
    case 'ArrowUp':
      return goTo(rows[at - 1]);
    case 'Home':
      return goTo(rows[0]);
    case 'End':
      return goTo(rows.at(-1));
    case 'ArrowRight':
      if (row.isExpanded === false) return { kind: 'unfold', clip: row.clip };
      return row.isExpanded === true ? goTo(rows[at + 1]) : null;
    case 'ArrowLeft':
      if (row.isExpanded === true) return { kind: 'fold', clip: row.clip };
      return row.kind === 'take' ? { kind: 'go', id: row.clip } : null;
    default:
      return null;
  }
}

function goTo(row: TreeRow | undefined): TreeMove | null {
  return row === undefined ? null : { kind: 'go', id: row.id };
}
