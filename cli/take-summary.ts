import type { RefineReport } from '../contract/report.ts';
import { worstSpansFirst } from '../contract/worst-spans.ts';
import type { Take } from '../native-model/index.ts';
import type { PlannedClip } from './output-plan.ts';
import { counted, figure, fpsText, textTable } from './text-table.ts';

/** A body joint that moved less than this did not change: rounding of FK and of file digits. Metres. */
const UNCHANGED_METRES = 1e-6;
/** Spans listed; the report has them all. */
const MOST_SPANS = 5;

/** What a refine did, in lines for a person. */
export function describeTake({ input, output, reports }: PlannedClip, take: Take): string {
  const { report, clip } = take;
  const seconds = report.timingsMs.total / 1000;
  const rows: [string, string][] = [
    ['frames', `${report.frames} at ${fpsText(clip.frameTime)} per second${changedText(take)}`],
    ['model', `${report.model} ${report.modelVersion} on ${report.device}${referencesText(report)}`],
    ...figureRows(take),
    ['low quality', spansText(report)],
    ...report.notices.map((notice): [string, string] => ['note', notice]),
    ['time', `${seconds.toFixed(2)} s, ${figure(report.frames / seconds)} frames per second`],
    ...reports.map(({ file }): [string, string] => ['report', file]),
  ];
  return [`${input} -> ${output}`, ...textTable(rows).map((line) => `  ${line}`)].join('\n');
}

/** Expected error, low-quality spans and steadiness of the input, in rows for a person. */
export function qualityRows(report: RefineReport): [string, string][] {
  const { accelBeforeMmPerFrame2: accel, boneLengthSpreadBeforeMm: spread } = report.summary;
  const error = report.expectedErrorMm;
  return [
    ...(error.length > 0 ? [['expected error', `${figure(mean(error))} mm`] as [string, string]] : []),
    ['Accel', `${figure(accel)} mm/frame²`],
    ['bone lengths', `vary by ${figure(spread)} mm`],
    ['low quality', spansText(report)],
  ];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function figureRows({ report, clip }: Take): [string, string][] {
  if (clip.dimensions === 2) return [];
  const { summary, expectedErrorMm, expectedErrorAfterMm } = report;
  const change = (before: number, after: number, unit: string) =>
    `${figure(before)} -> ${figure(after)} ${unit}`;
  const rows: [string, string][] = [
    ['moved', `${figure(summary.movedMm)} mm on average`],
    ['Accel', change(summary.accelBeforeMmPerFrame2, summary.accelAfterMmPerFrame2, 'mm/frame²')],
    [
      'bone lengths',
      `vary by ${change(summary.boneLengthSpreadBeforeMm, summary.boneLengthSpreadAfterMm, 'mm')}`,
    ],
  ];
  if (expectedErrorMm.length > 0) {
    rows.splice(1, 0, ['expected error', change(mean(expectedErrorMm), mean(expectedErrorAfterMm), 'mm')]);
  }
  return rows;
}

function changedText({ clip, refined }: Take): string {
  if (clip.dimensions === 2) return '';
  const size = refined.length / clip.frameCount;
  let changed = 0;
  for (let frame = 0; frame < clip.frameCount; frame++) {
    for (let at = frame * size; at < (frame + 1) * size; at++) {
      // Not `>`: a gap (NaN) that was filled is a change, one that stayed is none.
      if (Math.abs(refined[at] - clip.body17[at]) <= UNCHANGED_METRES) continue;
      if (Number.isNaN(refined[at]) && Number.isNaN(clip.body17[at])) continue;
      changed++;
      break;
    }
  }
  return `, ${changed === clip.frameCount ? 'all' : changed} changed`;
}

function referencesText({ library, references }: RefineReport): string {
  if (library === null) return '';
  const windows = new Set(references.map((use) => use.entry)).size;
  return `, ${counted(windows, 'reference window')} consulted (of ${library.entries})`;
}

function spansText(report: RefineReport): string {
  const { lowQuality } = report;
  if (lowQuality.length === 0) return 'none';
  const worstFirst = worstSpansFirst(report);
  const shown = worstFirst
    .slice(0, MOST_SPANS)
    .map(({ start, end, worst }) => (start === end ? `${start}` : `${start}-${end} (worst ${worst})`))
    .join(', ');
  const more = lowQuality.length > MOST_SPANS ? `, and ${lowQuality.length - MOST_SPANS} more` : '';
  return `frames ${shown}${more}`;
}
