import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { OpenChoices } from '../../contract/clips.ts';

export type KeymapName = 'default' | 'blender' | 'maya';
export type NavigationName = 'blender' | 'maya' | 'unity';
export type CurveName = 'error' | 'speed' | 'acceleration';
export type HeatMetric = 'pqe' | 'error';

/** How the window looks. Kept from run to run; not part of the undo history. */
export interface ViewState {
  readonly theme: 'dark' | 'light' | 'auto';
  /** 0.8..2. */
  readonly uiScale: number;
  readonly keymap: KeymapName;
  readonly navigation: NavigationName;
  /** 'auto' follows the system. */
  readonly reducedMotion: 'auto' | 'on' | 'off';
  readonly layout: 'overlay' | 'side-by-side';
  readonly showInput: boolean;
  readonly showRefined: boolean;
  readonly showReference: boolean;
  readonly showGhosts: boolean;
  readonly showDifferences: boolean;
  readonly tintByQuality: boolean;
  readonly followRoot: boolean;
  readonly showGrid: boolean;
  readonly heatMetric: HeatMetric;
  readonly curve: CurveName;
  readonly loopRange: boolean;
  readonly tourDone: boolean;
  /** How arrays were opened, by folder; '' holds the last choice of files whose folder is unknown. */
  readonly importChoices: Readonly<Record<string, OpenChoices>>;
}

export const useView = create<ViewState>()(
  persist(
    (): ViewState => ({
      theme: 'dark',
      uiScale: 1,
      keymap: 'default',
      navigation: 'blender',
      reducedMotion: 'auto',
      layout: 'overlay',
      showInput: true,
      showRefined: true,
      showReference: true,
      showGhosts: false,
      showDifferences: false,
      tintByQuality: false,
      followRoot: true,
      showGrid: true,
      heatMetric: 'pqe',
      curve: 'error',
      loopRange: true,
      tourDone: false,
      importChoices: {},
    }),
    { name: 'posemend-view', version: 1 },
  ),
);

export function setView(change: Partial<ViewState>): void {
  useView.setState(change);
}

export function toggleView(
  key: {
    [K in keyof ViewState]: ViewState[K] extends boolean ? K : never;
  }[keyof ViewState],
): void {
  useView.setState((view) => ({ [key]: !view[key] }));
}
