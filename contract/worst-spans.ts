import type { LowQualitySpan, RefineReport } from './report.ts';

/** Low-quality spans, the one with the largest expected error first; by PQE where no error is known. */
export function worstSpansFirst(
  report: Pick<RefineReport, 'lowQuality' | 'expectedErrorMm' | 'pqe'>,
): LowQualitySpan[] {
  const badness = (span: LowQualitySpan): number =>
    report.expectedErrorMm[span.worst] ?? 1 - (report.pqe[span.worst] ?? 1);
  return [...report.lowQuality].sort((a, b) => badness(b) - badness(a) || a.start - b.start);
}
