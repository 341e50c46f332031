/** A library window laid over the clip. */
export interface ReferenceOverlay {
  /** Library entry. */
  readonly entry: number;
  /** Frames of the clip that the window's frames stand for, ascending. */
  readonly frames: readonly number[];
  /** World positions, metres, Y up, [window frame][17][xyz]. */
  readonly poses: Float32Array;
}

let overlay: ReferenceOverlay | null = null;
const listeners = new Set<() => void>();

export function setReferenceOverlay(next: ReferenceOverlay | null): void {
  overlay = next;
  for (const listener of listeners) listener();
}

export function getReferenceOverlay(): ReferenceOverlay | null {
  return overlay;
}

/** Called when another window, or none, is laid over the clip. Returns how to stop listening. */
export function onReferenceOverlay(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
