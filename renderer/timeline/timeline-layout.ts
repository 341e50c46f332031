import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How the timeline is folded and divided. Kept from run to run. */
export interface TimelineLayout {
  readonly isHeatMapOpen: boolean;
  readonly areCurvesOpen: boolean;
  /** CSS px at a scale of 1. */
  readonly curvesHeight: number;
}

export const CURVES_HEIGHT = { least: 60, most: 400 } as const;

export const useTimelineLayout = create<TimelineLayout>()(
  persist((): TimelineLayout => ({ isHeatMapOpen: true, areCurvesOpen: true, curvesHeight: 72 }), {
    name: 'posemend-timeline',
    version: 2,
  }),
);

export function setTimelineLayout(change: Partial<TimelineLayout>): void {
  useTimelineLayout.setState(change);
}
