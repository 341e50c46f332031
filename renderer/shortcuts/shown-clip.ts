import { type ActivityState, useActivity } from '../state/activity.ts';
import { type ClipEdits, useDocument } from '../state/document.ts';

/** Outside of components: the clip shown and what was decided about it; null while none is open. */
export function shownClip(): {
  readonly id: string;
  readonly edits: ClipEdits;
  readonly frames: number;
} | null {
  const { activeClip, edits, clips } = useDocument.getState();
  if (activeClip === null || edits[activeClip] === undefined || clips[activeClip] === undefined) return null;
  return { id: activeClip, edits: edits[activeClip], frames: clips[activeClip].info.frameCount };
}

/** The take on show: version B, or A where B is none. */
export function shownTake(): string | null {
  const compare = shownClip()?.edits.compare;
  if (compare === undefined) return null;
  return [compare.b, compare.a].find((version) => version !== null && version !== 'input') ?? null;
}

/** The refine a user means: of the clip shown, or else the one that runs. */
export function shownJob(): ActivityState['jobs'][number] | null {
  const { jobs } = useActivity.getState();
  const clip = useDocument.getState().activeClip;
  return jobs.find((job) => job.clip === clip) ?? jobs[0] ?? null;
}

/** The open clip `steps` further down the list, round its ends; null where there is no other. */
export function neighbourClip(steps: 1 | -1): string | null {
  const { order, activeClip } = useDocument.getState();
  if (activeClip === null || order.length < 2) return null;
  return order[(order.indexOf(activeClip) + steps + order.length) % order.length];
}
