import { temporal } from 'zundo';
import { create } from 'zustand';
import type { ClipInfo, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import type { RefineChoices, TakeInfo } from '../../contract/takes.ts';
import type { FootLockMode } from '../../motion/contact/foot-lock.ts';
import { DEFAULT_SPAN_OPTIONS } from '../../motion/quality/low-quality-spans.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';

/** What a comparison shows: the clip as it was opened, or one of its takes. */
export type Version = 'input' | (string & {});

/** Which frames count as bad. */
export interface BadFrameThreshold {
  /** Frames whose expected error is below this are never marked, mm. */
  readonly floorMm: number;
  /** Part of the clip's frames that may be marked at most, 0..1. */
  readonly part: number;
}

/** Everything a user decides about one clip. */
export interface ClipEdits {
  readonly model: string;
  /** 0..1. */
  readonly strength: number;
  /** In and out point, inclusive; null for the whole clip. */
  readonly range: readonly [number, number] | null;
  readonly featherFrames: number;
  /** Body-17 joints that are refined. */
  readonly joints: readonly boolean[];
  /** Whether standing feet are held in place, and how firmly. */
  readonly footLock: FootLockMode;
  readonly useLibrary: boolean;
  readonly tags: readonly string[];
  /** Who performs the clip; '' if not said. */
  readonly person: string;
  readonly device: RefineChoices['device'];
  readonly threshold: BadFrameThreshold;
  /** Takes in the order they were made. */
  readonly takes: readonly string[];
  /** What a take is called by until it has a name: from 1, never given to another take, even if it is removed. */
  readonly takeNumbers: Readonly<Record<string, number>>;
  /** Names the user gave to takes. */
  readonly takeNames: Readonly<Record<string, string>>;
  /** The two versions compared; `b` null before the first take. */
  readonly compare: { readonly a: Version; readonly b: Version | null };
}

/** What undo and redo go through. */
export interface DocumentState {
  /** Open clips as listed. */
  readonly order: readonly string[];
  readonly activeClip: string | null;
  readonly edits: Readonly<Record<string, ClipEdits>>;
}

/** An open clip and how it was opened, so that it can be opened again. */
export interface OpenClip {
  readonly info: ClipInfo;
  readonly file: GrantedFile;
  readonly choices: OpenChoices;
}

/** What is known about clips and takes; never changed by the user, so undo leaves it alone. */
interface Records {
  readonly clips: Readonly<Record<string, OpenClip>>;
  readonly takes: Readonly<Record<string, TakeInfo>>;
}

/** Steps that can be undone. */
const MOST_STEPS = 200;

export const useDocument = create<DocumentState & Records>()(
  temporal(
    (): DocumentState & Records => ({ order: [], activeClip: null, edits: {}, clips: {}, takes: {} }),
    {
      partialize: ({ order, activeClip, edits }): DocumentState => ({ order, activeClip, edits }),
      equality: isSame,
      limit: MOST_STEPS,
    },
  ),
);

export function newClipEdits(model: string): ClipEdits {
  return {
    model,
    strength: 1,
    range: null,
    featherFrames: 8,
    joints: new Array<boolean>(BODY17_COUNT).fill(true),
    footLock: 'off',
    useLibrary: true,
    tags: [],
    person: '',
    device: 'auto',
    threshold: { floorMm: DEFAULT_SPAN_OPTIONS.floor, part: DEFAULT_SPAN_OPTIONS.part },
    takes: [],
    takeNumbers: {},
    takeNames: {},
    compare: { a: 'input', b: null },
  };
}

/** Changes what the user decided about a clip, as one step of the undo history; none if it is so already. */
export function editClip(clip: string, change: Partial<ClipEdits>): void {
  const { edits } = useDocument.getState();
  const found = edits[clip];
  if (found === undefined || isSoAlready(found, change)) return;
  useDocument.setState({ edits: { ...edits, [clip]: { ...found, ...change } } });
}

/** The same for the clip shown. */
export function editActiveClip(change: Partial<ClipEdits>): void {
  const { activeClip } = useDocument.getState();
  if (activeClip !== null) editClip(activeClip, change);
}

function isSoAlready(found: ClipEdits, change: Partial<ClipEdits>): boolean {
  return (Object.keys(change) as (keyof ClipEdits)[]).every(
    (key) => JSON.stringify(found[key]) === JSON.stringify(change[key]),
  );
}

/** A step that did not come from the hand on a control: during a drag it is recorded as if it came before the drag. */
export function addStep(change: (state: DocumentState) => DocumentState): void {
  if (gestureStart !== null) {
    record(gestureStart);
    gestureStart = change(gestureStart);
  }
  useDocument.setState(change(decisions()));
}

/** Every state that undo, redo or the drag under way can lead to, with the present one. */
export function everyStep(): readonly DocumentState[] {
  const { pastStates, futureStates } = useDocument.temporal.getState();
  const start = gestureStart === null ? [] : [gestureStart];
  return [...(pastStates as DocumentState[]), ...start, decisions(), ...(futureStates as DocumentState[])];
}

/** Changes all of those alike, which is no step: neither undo nor redo leads to how it was before. */
export function changeEveryStep(change: (state: DocumentState) => DocumentState): void {
  const { pastStates, futureStates } = useDocument.temporal.getState();
  useDocument.temporal.setState({
    pastStates: (pastStates as DocumentState[]).map(change),
    futureStates: (futureStates as DocumentState[]).map(change),
  });
  if (gestureStart !== null) gestureStart = change(gestureStart);
  setUnrecorded(change(decisions()));
}

export function undo(): void {
  travel('undo');
}

export function redo(): void {
  travel('redo');
}

/**
 * A drag that is still open ends first, so that it is the step undone; what the hand goes on to do is a drag of its
 * own. The clip that changed comes to the front, so that nobody undoes what they cannot see.
 */
function travel(direction: 'undo' | 'redo'): void {
  const isDragging = gestureStart !== null;
  endGesture();
  const before = decisions();
  const steps = direction === 'undo' ? 'pastStates' : 'futureStates';
  while (isSame(before, decisions()) && useDocument.temporal.getState()[steps].length > 0) {
    useDocument.temporal.getState()[direction]();
  }
  const { order, activeClip, edits } = decisions();
  const changed = order.filter((id) => before.edits[id] !== undefined && before.edits[id] !== edits[id]);
  if (changed.length > 0 && !changed.some((id) => id === activeClip)) {
    setUnrecorded({ activeClip: changed[0] });
  }
  if (isDragging) beginGesture();
}

let gestureStart: DocumentState | null = null;

/**
 * A drag begins: what follows until `endGesture` is one step of the undo history. A control that does not tell of the
 * drag's end, as after a press beside its track, would hold the history back for ever: the release ends it too.
 */
export function beginGesture(): void {
  if (gestureStart !== null) return;
  gestureStart = decisions();
  useDocument.temporal.getState().pause();
  for (const end of RELEASES) globalThis.addEventListener?.(end, endAfterRelease, true);
}

const RELEASES = ['pointerup', 'pointercancel', 'blur'] as const;

/** A control may tell the last value of a drag in an animation frame after the release. */
function endAfterRelease(event: Event): void {
  // A field that loses the focus is no window that does.
  if (event.type === 'blur' && event.target !== globalThis.window) return;
  requestAnimationFrame(() => requestAnimationFrame(endGesture));
}

/** The drag ends; nothing is recorded if it changed nothing. */
export function endGesture(): void {
  if (gestureStart === null) return;
  const start = gestureStart;
  gestureStart = null;
  for (const end of RELEASES) globalThis.removeEventListener?.(end, endAfterRelease, true);
  useDocument.temporal.getState().resume();
  if (!isSame(start, decisions())) record(start);
}

/** What follows can be undone to `before`. */
function record(before: DocumentState): void {
  const { pastStates } = useDocument.temporal.getState();
  useDocument.temporal.setState({
    pastStates: [...pastStates, before].slice(-MOST_STEPS),
    futureStates: [],
  });
}

function setUnrecorded(change: Partial<DocumentState>): void {
  const { isTracking, pause, resume } = useDocument.temporal.getState();
  pause();
  useDocument.setState(change);
  if (isTracking) resume();
}

function decisions(): DocumentState {
  const { order, activeClip, edits } = useDocument.getState();
  return { order, activeClip, edits };
}

function isSame(one: DocumentState, other: DocumentState): boolean {
  return one.order === other.order && one.activeClip === other.activeClip && one.edits === other.edits;
}
