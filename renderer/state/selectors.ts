import { useMemo } from 'react';
import type { TakeInfo, TakeQuality } from '../../contract/takes.ts';
import { lowQualitySpans, type Span } from '../../motion/quality/low-quality-spans.ts';
import { useActivity } from './activity.ts';
import {
  type BadFrameThreshold,
  type ClipEdits,
  type OpenClip,
  useDocument,
  type Version,
} from './document.ts';
import { type Poses, poseShelf } from './poses.ts';

/** The clip shown and what the user decided about it; null while none is open. */
export interface ActiveClip {
  readonly id: string;
  readonly clip: OpenClip;
  readonly edits: ClipEdits;
}

export function useActiveClip(): ActiveClip | null {
  const id = useDocument((state) => state.activeClip);
  const clip = useDocument((state) => (id === null ? undefined : state.clips[id]));
  const edits = useDocument((state) => (id === null ? undefined : state.edits[id]));
  return useMemo(
    () => (id === null || clip === undefined || edits === undefined ? null : { id, clip, edits }),
    [id, clip, edits],
  );
}

/** The two versions on show with their frames, as far as those have arrived. */
export interface Comparison {
  readonly active: ActiveClip;
  readonly a: Version;
  readonly b: Version | null;
  readonly posesA: Poses | undefined;
  readonly posesB: Poses | undefined;
  /** The take whose quality the panels show: B, or A where B is the input. */
  readonly take: TakeInfo | null;
  readonly quality: TakeQuality | undefined;
}

export function useComparison(): Comparison | null {
  const active = useActiveClip();
  const takes = useDocument((state) => state.takes);
  const version = useActivity((state) => state.posesVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shelf is no React state; its version says when to look again
  return useMemo(() => {
    if (active === null) return null;
    const { a, b } = active.edits.compare;
    const shown = [b, a].find((candidate) => candidate !== null && candidate !== 'input');
    const take = shown === undefined || shown === null ? null : (takes[shown] ?? null);
    return {
      active,
      a,
      b,
      posesA: posesOf(active.id, a),
      posesB: b === null ? undefined : posesOf(active.id, b),
      take,
      quality: take === null ? undefined : poseShelf.quality(take.id),
    };
  }, [active, takes, version]);
}

export function posesOf(clip: string, version: Version): Poses | undefined {
  return poseShelf.poses(version === 'input' ? clip : version);
}

/** Stretches of bad frames, worst first. */
export interface BadSpan extends Span {
  /** The value that made it bad: expected error of the input, mm. */
  readonly peakMm: number;
}

/** Spans of the take shown under the user's threshold, in time order; none before the first take. */
export function useBadSpans(): readonly BadSpan[] {
  const comparison = useComparison();
  const quality = comparison?.quality;
  const threshold = comparison?.active.edits.threshold;
  const frameTime = comparison?.active.clip.info.frameTime;
  return useMemo(
    () =>
      quality === undefined || threshold === undefined || frameTime === undefined
        ? NO_SPANS
        : badSpans(quality, frameTime, threshold),
    [quality, threshold, frameTime],
  );
}

const NO_SPANS: readonly BadSpan[] = [];

/** In time order. Where a method gives no expected error, its own correction stands in. */
export function badSpans(
  quality: TakeQuality,
  frameTime: number,
  { floorMm, part }: BadFrameThreshold,
): BadSpan[] {
  const values = errorPerFrame(quality);
  return lowQualitySpans(values, frameTime, { floor: floorMm, part, gapSeconds: 0.1 }).map((span) => ({
    ...span,
    peakMm: values[span.worst],
  }));
}

/** Error of each input frame, mm: as expected by the model, or the mean over joints of what it corrected. */
export function errorPerFrame({ expectedErrorMm, jointErrorMm, pqe }: TakeQuality): Float64Array {
  if (expectedErrorMm.length > 0) return Float64Array.from(expectedErrorMm);
  const joints = jointErrorMm.length / pqe.length;
  return Float64Array.from(pqe, (_, frame) => {
    let sum = 0;
    for (let joint = 0; joint < joints; joint++) sum += jointErrorMm[frame * joints + joint];
    return sum / joints;
  });
}

export function worstFirst(spans: readonly BadSpan[]): BadSpan[] {
  return [...spans].sort((a, b) => b.peakMm - a.peakMm || a.start - b.start);
}

/** What a version is called in lists and legends. */
export function versionTitle(edits: ClipEdits, version: Version): string {
  if (version === 'input') return 'Input';
  return edits.takeNames[version] ?? `Take ${edits.takeNumbers[version]}`;
}
