import { pearson } from '../motion/metrics/pearson.ts';
import { quantile } from '../motion/quality/pqe.ts';
import type { FrameQuality } from './measure-clip.ts';

const WORST_PART = 0.05;
const BINS = 10;

/** One bin of a reliability diagram, mm. */
export interface ReliabilityBin {
  readonly expected: number;
  readonly actual: number;
  readonly frames: number;
}

export interface QualityFigures {
  /** Of 1 - PQE with the true error of the input, over all frames, and the frame-weighted mean over clips. */
  readonly pqePooled: number;
  readonly pqePerClip: number;
  /** Of the expected error; null where the network is not calibrated. */
  readonly expectedPooled: number | null;
  readonly expectedPerClip: number | null;
  /** Part of each clip's worst 5 % of frames that lies in its marked spans. */
  readonly worstMarked: number;
  /** Part of all frames that is marked, and the most of any clip. */
  readonly marked: number;
  readonly mostMarked: number;
  readonly before: readonly ReliabilityBin[];
  readonly after: readonly ReliabilityBin[];
}

export function qualityFigures(clips: readonly FrameQuality[]): QualityFigures {
  const [pqePooled, pqePerClip] = correlations(clips, 'badness');
  const calibrated = clips.every(({ expectedBefore }) => expectedBefore.length > 0);
  const [expectedPooled, expectedPerClip] = calibrated ? correlations(clips, 'expectedBefore') : [null, null];
  let worst = 0;
  let worstMarked = 0;
  let marked = 0;
  let frames = 0;
  let mostMarked = 0;
  for (const clip of clips) {
    const threshold = quantile(clip.trueBefore, 1 - WORST_PART);
    const inSpans = clip.marked.reduce((sum, one) => sum + one, 0);
    clip.trueBefore.forEach((error, frame) => {
      if (error < threshold) return;
      worst++;
      worstMarked += clip.marked[frame];
    });
    marked += inSpans;
    frames += clip.marked.length;
    mostMarked = Math.max(mostMarked, inSpans / clip.marked.length);
  }
  return {
    pqePooled,
    pqePerClip,
    expectedPooled,
    expectedPerClip,
    worstMarked: worstMarked / worst,
    marked: marked / frames,
    mostMarked,
    before: calibrated ? reliability(clips, 'expectedBefore', 'trueBefore') : [],
    after: calibrated ? reliability(clips, 'expectedAfter', 'trueAfter') : [],
  };
}

function correlations(clips: readonly FrameQuality[], key: 'badness' | 'expectedBefore'): [number, number] {
  let sum = 0;
  let frames = 0;
  for (const clip of clips) {
    sum += clip[key].length * pearson(clip[key], clip.trueBefore);
    frames += clip[key].length;
  }
  const pooled = pearson(
    clips.flatMap((clip) => clip[key]),
    clips.flatMap(({ trueBefore }) => trueBefore),
  );
  return [pooled, sum / frames];
}

/** Bins of equally many frames, by rising expected error. */
function reliability(
  clips: readonly FrameQuality[],
  expected: 'expectedBefore' | 'expectedAfter',
  actual: 'trueBefore' | 'trueAfter',
): ReliabilityBin[] {
  const pairs = clips
    .flatMap((clip) => clip[expected].map((value, frame) => [value, clip[actual][frame]]))
    .sort((a, b) => a[0] - b[0]);
  return Array.from({ length: BINS }, (_, bin) => {
    const part = pairs.slice((bin * pairs.length) / BINS, ((bin + 1) * pairs.length) / BINS);
    const mean = (which: number): number => part.reduce((sum, pair) => sum + pair[which], 0) / part.length;
    return { expected: mean(0), actual: mean(1), frames: part.length };
  });
}
