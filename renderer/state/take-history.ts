import type { TakeInfo } from '../../contract/takes.ts';
import {
  addStep,
  type ClipEdits,
  changeEveryStep,
  type DocumentState,
  everyStep,
  useDocument,
} from './document.ts';

/**
 * A finished take joins its clip and is shown as B. It is a step to undo, except where the user would not see that
 * step or would lose something by it: while the clip is closed, or while there is something to redo, the take is there
 * in every step instead. False if no step leads back to the clip; then the take is nobody's.
 */
export function joinTake(clip: string, take: TakeInfo): boolean {
  if (!everyStep().some(({ order }) => order.includes(clip))) return false;
  const { takes, order } = useDocument.getState();
  useDocument.setState({ takes: { ...takes, [take.id]: take } });
  const join = (state: DocumentState): DocumentState =>
    withEdits(state, clip, (edits) => ({
      ...edits,
      takes: [...edits.takes, take.id],
      takeNumbers: { ...edits.takeNumbers, [take.id]: nextNumber(edits) },
      compare: { a: edits.compare.b === null ? 'input' : edits.compare.a, b: take.id },
    }));
  const hasRedo = useDocument.temporal.getState().futureStates.length > 0;
  if (order.includes(clip) && !hasRedo) addStep(join);
  else changeEveryStep(join);
  return true;
}

/** A clip without one of its takes; no side of the comparison shows it, nor do both show the same. */
export function withoutTake(edits: ClipEdits, take: string): ClipEdits {
  const takes = edits.takes.filter((other) => other !== take);
  const { compare } = edits;
  const newestBut = (version: string): string | null =>
    takes.findLast((candidate) => candidate !== version) ?? null;
  if (compare.a === take) {
    const b = compare.b === 'input' ? newestBut('input') : compare.b;
    return { ...edits, takes, compare: { a: 'input', b } };
  }
  if (compare.b === take) return { ...edits, takes, compare: { a: compare.a, b: newestBut(compare.a) } };
  return { ...edits, takes };
}

/** Takes a take that is no more out of every step. */
export function forgetTake(clip: string, take: string): void {
  changeEveryStep((state) => withEdits(state, clip, (edits) => withoutTake(edits, take)));
}

/** Takes a clip that cannot be opened any more out of every step. */
export function forgetClip(clip: string): void {
  changeEveryStep(({ order, activeClip, edits }) => {
    const rest = order.filter((other) => other !== clip);
    return {
      order: rest,
      activeClip: activeClip === clip ? (rest[0] ?? null) : activeClip,
      edits: Object.fromEntries(Object.entries(edits).filter(([id]) => id !== clip)),
    };
  });
}

/** Clips and takes that no step leads to any more. */
export function unreachable(): { readonly clips: readonly string[]; readonly takes: readonly string[] } {
  const steps = everyStep();
  const clips = new Set(steps.flatMap(({ order }) => order));
  const takes = new Set(steps.flatMap(({ order, edits }) => order.flatMap((id) => edits[id]?.takes ?? [])));
  const known = useDocument.getState();
  return {
    clips: Object.keys(known.clips).filter((id) => !clips.has(id)),
    takes: Object.keys(known.takes).filter((id) => !takes.has(id)),
  };
}

function nextNumber({ takeNumbers }: ClipEdits): number {
  return Math.max(0, ...Object.values(takeNumbers)) + 1;
}

function withEdits(
  state: DocumentState,
  clip: string,
  change: (edits: ClipEdits) => ClipEdits,
): DocumentState {
  const found = state.edits[clip];
  return found === undefined ? state : { ...state, edits: { ...state.edits, [clip]: change(found) } };
}
