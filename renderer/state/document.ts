import { temporal } from 'zundo';
import { create } from 'zustand';
import type { ClipInfo, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import type { RefineChoices, TakeInfo } from '../../contract/takes.ts';
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
  readonly useLibrary: boolean;
  readonly tags: readonly string[];
  /** Who performs the clip; '' if not said. */
  readonly person: string;
  readonly device: RefineChoices['device'];
  readonly threshold: BadFrameThreshold;
  /** Takes in the order they were made. */
  readonly takes: readonly string[];
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

export const useDocument = create<DocumentState & Records>()(
  temporal(
    (): DocumentState & Records => ({ order: [], activeClip: null, edits: {}, clips: {}, takes: {} }),
    {
      partialize: ({ order, activeClip, edits }): DocumentState => ({ order, activeClip, edits }),
      equality: (past, present) =>
        past.order === present.order &&
        past.activeClip === present.activeClip &&
        past.edits === present.edits,
      limit: 200,
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
    useLibrary: true,
    tags: [],
    person: '',
    device: 'auto',
    threshold: { floorMm: DEFAULT_SPAN_OPTIONS.floor, part: DEFAULT_SPAN_OPTIONS.part },
    takes: [],
    takeNames: {},
    compare: { a: 'input', b: null },
  };
}

/** Changes what the user decided about a clip, as one step of the undo history. */
export function editClip(clip: string, change: Partial<ClipEdits>): void {
  const { edits } = useDocument.getState();
  const found = edits[clip];
  if (found === undefined) return;
  useDocument.setState({ edits: { ...edits, [clip]: { ...found, ...change } } });
}

/** The same for the clip shown. */
export function editActiveClip(change: Partial<ClipEdits>): void {
  const { activeClip } = useDocument.getState();
  if (activeClip !== null) editClip(activeClip, change);
}

/** A drag that is still open ends first, so that it is the step undone. */
export function undo(): void {
  endGesture();
  useDocument.temporal.getState().undo();
}

export function redo(): void {
  endGesture();
  useDocument.temporal.getState().redo();
}

let gestureStart: DocumentState | null = null;

/** A drag begins: what follows until `endGesture` is one step of the undo history. */
export function beginGesture(): void {
  if (gestureStart !== null) return;
  const { order, activeClip, edits } = useDocument.getState();
  gestureStart = { order, activeClip, edits };
  useDocument.temporal.getState().pause();
}

/** The drag ends; nothing is recorded if it changed nothing. */
export function endGesture(): void {
  if (gestureStart === null) return;
  const { order, activeClip, edits } = useDocument.getState();
  // Back to where the drag began while nothing records, so that the recorded step spans all of it.
  useDocument.setState(gestureStart);
  gestureStart = null;
  useDocument.temporal.getState().resume();
  useDocument.setState({ order, activeClip, edits });
}
