import type { AccuracyReport, QualityLine } from './accuracy-report.ts';
import { markdownTable } from './accuracy-tables.ts';
import { SETTINGS } from './noisy-clips.ts';

const share = (value: number): string => `${(100 * value).toFixed(0)} %`;
const pair = (a: number | null, b: number | null): string =>
  a === null || b === null ? 'not calibrated' : `${a.toFixed(2)} / ${b.toFixed(2)}`;

/** Correlations with the true error and the marked spans, per network. */
export function qualityTable(quality: readonly QualityLine[]): string {
  return markdownTable(
    [
      'setting',
      'network',
      'PQE Pearson, pooled / per clip',
      'expected error Pearson, pooled / per clip',
      'of the worst 5 % of frames marked',
      'marked of all frames (most of a clip)',
    ],
    quality.map((line) => [
      SETTINGS[line.setting].title,
      line.model,
      pair(line.pqePooled, line.pqePerClip),
      pair(line.expectedPooled, line.expectedPerClip),
      share(line.worstMarked),
      `${share(line.marked)} (${share(line.mostMarked)})`,
    ]),
  );
}

/** Ten bins of equally many frames. */
export function reliabilityTable({ before, after }: QualityLine): string {
  return markdownTable(
    ['input: expected', 'input: true', 'refined: expected', 'refined: true', 'frames'],
    before.map((bin, at) => [
      bin.expected.toFixed(1),
      bin.actual.toFixed(1),
      after[at].expected.toFixed(1),
      after[at].actual.toFixed(1),
      String(bin.frames),
    ]),
  );
}

export function retrievalTable({ lines }: AccuracyReport['retrieval']): string {
  return markdownTable(
    ['window', 'MPJPE, mm'],
    lines.map(({ what, mpjpe }) => [what, mpjpe.toFixed(1)]),
  );
}

export function ratesTable(rates: AccuracyReport['rates']): string {
  return markdownTable(
    ['network', 'mean distance, mm', 'worst clip', 'global'],
    rates.map(({ model, rooted, worstClip, global }) => [
      model,
      rooted.toFixed(1),
      worstClip.toFixed(1),
      global.toFixed(1),
    ]),
  );
}

export function unseenTable(unseen: AccuracyReport['unseen']): string {
  return markdownTable(
    ['motion', 'noise', 'network', 'MPJPE before → after', 'told as unlike the training'],
    unseen.map((line) => [
      line.kind,
      line.noise === 'none' ? 'none' : 'estimator-like, 30 fps',
      line.model,
      `${line.before.toFixed(1)} → ${line.after.toFixed(1)}`,
      line.toldRuns === null
        ? 'cannot tell'
        : `${line.toldRuns} of ${line.runs} runs, ${share(line.toldFrames!)} of the frames`,
    ]),
  );
}
