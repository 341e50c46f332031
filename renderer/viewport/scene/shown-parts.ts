/** What the user wants to see, and what there is. */
export interface PartsWanted {
  readonly sideBySide: boolean;
  readonly showA: boolean;
  readonly showB: boolean;
  readonly hasB: boolean;
  readonly isPeeking: boolean;
  readonly showGhosts: boolean;
  readonly showDifferences: boolean;
}

export type PaneContent = 'a' | 'b' | 'both';

/** Which parts of the scene are drawn, and in which panes, left to right. */
export interface PartsShown {
  readonly panes: readonly PaneContent[];
  readonly a: boolean;
  readonly b: boolean;
  readonly ghostsA: boolean;
  readonly ghostsB: boolean;
  readonly differences: boolean;
  /** A is drawn slim, so that it does not fight with B where both lie upon each other. */
  readonly slimA: boolean;
}

/** Peeking swaps B for A where B stands: nothing else of the picture moves. */
export function partsShown(wanted: PartsWanted): PartsShown {
  const { isPeeking, hasB, showGhosts } = wanted;
  const sideBySide = wanted.sideBySide && hasB;
  const a = wanted.showA || isPeeking;
  const b = wanted.showB && hasB && !isPeeking;
  const panes: readonly PaneContent[] = sideBySide ? ['a', isPeeking ? 'a' : 'b'] : ['both'];
  return {
    panes,
    a,
    b,
    ghostsA: showGhosts && a && (sideBySide || !b),
    ghostsB: showGhosts && b,
    differences: wanted.showDifferences && hasB && !isPeeking,
    slimA: !sideBySide && a && b,
  };
}
