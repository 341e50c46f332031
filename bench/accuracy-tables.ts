import type { AccuracyLine, AccuracyReport } from './accuracy-report.ts';
import { ROBUSTNESS, SETTINGS } from './noisy-clips.ts';
import { DEFAULT_NETWORK, TUNED } from './refiners.ts';

/** A Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const show = (value: number, digits = 1): string => value.toFixed(digits);

/** One table a setting, those unlike the training's last. */
export function accuracyTables({ lines, tuned }: Pick<AccuracyReport, 'lines' | 'tuned'>): string {
  const there = [...new Set(lines.map(({ setting }) => setting))];
  const ordered = there.sort((a, b) => Number(ROBUSTNESS.includes(a)) - Number(ROBUSTNESS.includes(b)));
  return ordered
    .map((setting) => {
      const rows = lines.filter((line) => line.setting === setting).map((line) => accuracyRow(line, tuned));
      const head = [
        'refiner',
        'runs',
        'MPJPE (95 %)',
        'PA-MPJPE',
        'Accel',
        'global MPJPE',
        'global Accel',
        'foot slide',
      ];
      return `**${SETTINGS[setting].title}**\n\n${markdownTable(head, rows)}\n`;
    })
    .join('\n');
}

function accuracyRow(line: AccuracyLine, tuned: AccuracyReport['tuned']): string[] {
  const filter = tuned[line.setting];
  const params = Object.entries(filter?.params ?? {}).map(([name, value]) => `${name} ${value}`);
  const name = line.model === TUNED ? `${TUNED}: ${filter.name}, ${params.join(', ')}` : line.model;
  return [
    name,
    String(line.runs),
    `${show(line.mpjpe)} (${show(line.low)}–${show(line.high)})`,
    show(line.paMpjpe),
    show(line.accel, 2),
    show(line.globalMpjpe),
    show(line.globalAccel, 2),
    show(line.footSlide, 2),
  ];
}

/** Paired differences of MPJPE. */
export function differenceTable({ differences }: AccuracyReport): string {
  if (differences.length === 0) return `Without ${DEFAULT_NETWORK} there is nothing to compare.`;
  return markdownTable(
    ['setting', `${DEFAULT_NETWORK} minus …`, 'its MPJPE', 'difference, mm (95 %)'],
    differences.map(({ setting, against, againstMpjpe, mean, low, high }) => [
      SETTINGS[setting].title,
      against,
      show(againstMpjpe),
      `${show(mean)} (${show(low)} to ${show(high)})`,
    ]),
  );
}
