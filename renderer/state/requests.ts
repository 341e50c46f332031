/**
 * What a command asks of a panel that keeps its own state (cameras, zoom, focus). Nobody listening is no error: the
 * panel may be closed.
 */
export type RequestName =
  | 'frame-selection'
  | 'view-front'
  | 'view-side'
  | 'view-top'
  | 'view-back'
  | 'zoom-timeline-all'
  | 'zoom-timeline-span'
  | 'focus-clips'
  | 'focus-frame-field';

const listeners = new Map<RequestName, Set<() => void>>();

export function request(name: RequestName): void {
  for (const listener of listeners.get(name) ?? []) listener();
}

/** Returns how to stop listening. */
export function onRequest(name: RequestName, listener: () => void): () => void {
  const found = listeners.get(name) ?? new Set();
  listeners.set(name, found);
  found.add(listener);
  return () => {
    found.delete(listener);
  };
}
