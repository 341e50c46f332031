import { create } from 'zustand';
import type { OpenChoices } from '../../contract/clips.ts';
import type { EngineInfo } from '../../contract/engine-info.ts';
import type { GrantedFile } from '../../contract/host.ts';

/** A refine that is queued or running. */
export interface Job {
  readonly id: string;
  readonly clip: string;
  readonly title: string;
  readonly stage: string;
  /** 0..1; null while it waits for other jobs. */
  readonly share: number | null;
  readonly secondsLeft: number | null;
  readonly cancel: () => void;
}

export type DialogName =
  | {
      readonly kind: 'import';
      readonly file: GrantedFile;
      /** The open clip that is to be read in another way, and how it has been read; absent for a new file. */
      readonly again?: { readonly clip: string; readonly choices: OpenChoices };
    }
  | { readonly kind: 'export'; readonly clip: string }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'reference'; readonly entry: number };

export type EngineState = 'connecting' | 'ready' | 'restarting' | 'lost';

/** What goes on right now; neither kept nor undone. */
export interface ActivityState {
  readonly engine: EngineState;
  /** Why it is lost, and the way out; null while it is not. */
  readonly engineProblem: string | null;
  readonly engineInfo: EngineInfo | null;
  readonly jobs: readonly Job[];
  /** Files being opened, by name. */
  readonly opening: readonly string[];
  readonly dialog: DialogName | null;
  /** Body-17 joint the panels talk about; null for all. */
  readonly selectedJoint: number | null;
  /** Library entry overlaid in the viewport. */
  readonly selectedReference: number | null;
  /** While B is held, only version A is seen. */
  readonly isPeeking: boolean;
  /** Counts arrivals of frames, so that components look again. */
  readonly posesVersion: number;
  /** The span of frames the timeline shows, [first, last]; null for the whole clip. */
  readonly timelineSpan: readonly [number, number] | null;
  /** Said by a live region to screen readers. */
  readonly announcement: string;
}

export const useActivity = create<ActivityState>()(() => ({
  engine: 'connecting',
  engineProblem: null,
  engineInfo: null,
  jobs: [],
  opening: [],
  dialog: null,
  selectedJoint: null,
  selectedReference: null,
  isPeeking: false,
  posesVersion: 0,
  timelineSpan: null,
  announcement: '',
}));

export function setActivity(change: Partial<ActivityState>): void {
  useActivity.setState(change);
}

export function openDialog(dialog: DialogName): void {
  useActivity.setState({ dialog });
}

export function closeDialog(): void {
  useActivity.setState({ dialog: null });
}

export function announce(announcement: string): void {
  useActivity.setState({ announcement });
}
