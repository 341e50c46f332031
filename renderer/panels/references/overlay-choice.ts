import { announce, setActivity, useActivity } from '../../state/activity.ts';
import { getReferenceOverlay, setReferenceOverlay } from '../../state/reference-overlay.ts';
import { setView } from '../../state/view.ts';
import { spokenReference } from './reference-text.ts';
import type { ShownReference, ShownReferences } from './use-references.ts';

/** Lays a reference over the clip in the viewport, or takes it off if it lies there. */
export function toggleOverlay({ item, poses }: ShownReference, frames: ShownReferences['frames']): void {
  if (useActivity.getState().selectedReference === item.entry) {
    removeOverlay();
    return;
  }
  setReferenceOverlay({ entry: item.entry, frames, poses });
  setView({ showReference: true });
  setActivity({ selectedReference: item.entry });
  announce(`${spokenReference(item)} lies over frames ${frames[0]} to ${frames.at(-1)}`);
}

export function removeOverlay(): void {
  setActivity({ selectedReference: null });
}

/** Another clip, or another panel, can drop the choice: the overlay goes with it. Returns how to stop. */
export function dropOverlayWithChoice(): () => void {
  return useActivity.subscribe(({ selectedReference }) => {
    if (selectedReference === null && getReferenceOverlay() !== null) setReferenceOverlay(null);
  });
}
