import type { RefineReport } from '../contract/report.ts';

/** The report as JSON text: one line for every field, so that it can be read and still stays small. */
export function reportJson(report: RefineReport): string {
  const lines = Object.entries(report).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}
