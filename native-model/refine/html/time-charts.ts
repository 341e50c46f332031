/** The clip over time, charts one under the other on one time axis. */
import type { RefineReport } from '../../../contract/report.ts';
import { worstSpansFirst } from '../../../contract/worst-spans.ts';
import { type Columns, columnsFor, worstPerColumn } from './columns.ts';
import { bodyStrip, HATCH_PATTERN, HEAT_MAP_HEIGHT, heatLegend, heatMap } from './heat-map.ts';
import { type Fragment, html, type Markup } from './markup.ts';
import { clock, decimal, MINUTES_FROM, meanOf, measured, minutes, roundTicks } from './numbers.ts';

const LEFT = 92;
const PLOT = 968;
const WIDTH = LEFT + PLOT + 16;
const STRIP_HEIGHT = 18;
const PQE_HEIGHT = 64;
const CURVE_HEIGHT = 92;
const GAP = 34;
/** A peak this many times above nearly all values is cut off, and said so, lest it flattens the rest. */
const CUT_ABOVE = 2.5;

export interface TimeChartsInput {
  readonly report: RefineReport;
  readonly derived: readonly boolean[];
  /** Mean acceleration per frame, mm/frame². */
  readonly accelBefore: Float64Array;
  readonly accelAfter: Float64Array;
  readonly frameTime: number;
}

export function timeCharts({ report, derived, accelBefore, accelAfter, frameTime }: TimeChartsInput): Markup {
  const columns = columnsFor(report.frames);
  const pqeTop = 26;
  const stripTop = pqeTop + PQE_HEIGHT + 8;
  const mapTop = stripTop + STRIP_HEIGHT + 8;
  const mapBottom = mapTop + HEAT_MAP_HEIGHT;
  const errorTop = mapBottom + 36 + GAP;
  const accelTop = errorTop + CURVE_HEIGHT + GAP;
  const axisTop = accelTop + CURVE_HEIGHT;
  const height = axisTop + 38;

  const errors = curves(
    { before: report.expectedErrorMm, after: report.expectedErrorAfterMm },
    columns,
    'Expected error, mm (mean over joints)',
  );
  const accels = curves(
    { before: accelBefore, after: accelAfter },
    columns,
    'Acceleration, mm/frame² (mean over joints)',
  );
  const at = (top: number, content: Fragment): Markup =>
    html`<g transform="translate(${LEFT} ${top})">${content}</g>`;
  const label =
    `Quality, expected error and acceleration over ${clock(report.frames * frameTime)}. ` +
    `Mean PQE ${decimal(meanOf(report.pqe), 2)}, ${report.lowQuality.length} low-quality spans. ` +
    `Expected error ${measured(meanOf(report.expectedErrorMm))} before, ${measured(meanOf(report.expectedErrorAfterMm))} mm after.`;

  return html`<div class="wide"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
<defs>${HATCH_PATTERN}</defs>
${at(pqeTop - 8, timeAxis(report, frameTime, height - pqeTop - 22, false))}
${at(pqeTop, spanBands(report, axisTop - pqeTop, frameTime))}
${at(pqeTop, pqeCurve(report, columns))}
${at(stripTop, html`<text class="name" x="-8" y="13" text-anchor="end">whole body</text>${bodyStrip(report, columns, PLOT, STRIP_HEIGHT)}`)}
${at(mapTop, heatMap(report, derived, columns, PLOT))}
${heatLegend(LEFT, mapBottom + 8)}
${at(errorTop, errors)}
${at(accelTop, accels)}
${at(axisTop, timeAxis(report, frameTime, 0, true))}
</svg></div>`;
}

const xOf = (frame: number, frames: number): number => Math.round((frame / frames) * PLOT * 10) / 10;

/** Vertical rules at round times; with labels in seconds and frames, or bare. */
function timeAxis(report: RefineReport, frameTime: number, height: number, isLabelled: boolean): Markup {
  const seconds = report.frames * frameTime;
  const ticks = timeTicks(seconds);
  const marks = ticks.map((tick) => {
    const x = xOf(tick / frameTime, report.frames);
    if (!isLabelled) return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height}"/>`;
    const text = seconds >= MINUTES_FROM ? minutes(tick) : `${tick} s`;
    return html`<line class="axis" x1="${x}" x2="${x}" y1="0" y2="4"/><text x="${x}" y="16" text-anchor="middle">${text}</text>
<text x="${x}" y="30" text-anchor="middle">${decimal(Math.round(tick / frameTime))}</text>`;
  });
  if (!isLabelled) return html`${marks}`;
  return html`<line class="axis" x1="0" x2="${PLOT}" y1="0" y2="0"/>${marks}<text x="-24" y="16" text-anchor="end">time</text><text x="-24" y="30" text-anchor="end">frame</text>`;
}

/** Round times, at most a dozen. */
function timeTicks(seconds: number): number[] {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
  const step = steps.find((candidate) => seconds / candidate <= 12) ?? seconds / 12;
  const ticks: number[] = [];
  for (let k = 0; k * step <= seconds * 1.0001; k++) ticks.push(Number((k * step).toPrecision(10)));
  return ticks;
}

/** Low-quality spans as bands through all charts, with a mark over the worst frame; the worst ones if there are very many. */
function spanBands(report: RefineReport, height: number, frameTime: number): readonly Markup[] {
  return worstSpansFirst(report)
    .slice(0, MOST_BANDS)
    .map(({ start, end, worst }) => {
      const x = xOf(start, report.frames);
      const width = Math.max(1, xOf(end + 1, report.frames) - x);
      const peak = xOf(worst + 0.5, report.frames);
      const title = `frames ${start}–${end}, ${clock(start * frameTime)} to ${clock((end + 1) * frameTime)}, worst ${worst}, PQE ${decimal(report.pqe[worst], 2)}`;
      return html`<g><title>${title}</title><rect class="band" x="${x}" width="${Math.round(width * 10) / 10}" y="-4" height="${height + 4}"/><path class="mark" d="M${peak} 0l-4 -8h8z"/></g>`;
    });
}

/** More bands than this are closer together than the eye can part. */
const MOST_BANDS = 1000;

function pqeCurve(report: RefineReport, columns: Columns): Markup {
  const worst = worstPerColumn(columns, (frame) => report.pqe[frame], 'least');
  const rules = [0, 0.5, 1].map((value) => {
    const y = PQE_HEIGHT * (1 - value);
    return html`<line class="${value === 0 ? 'axis' : 'grid'}" x1="0" x2="${PLOT}" y1="${y}" y2="${y}"/><text x="-8" y="${y + 4}" text-anchor="end">${value}</text>`;
  });
  return html`${rules}<text class="name" x="-8" y="${PQE_HEIGHT / 2 - 8}" text-anchor="end" transform="translate(-26 0)">PQE</text>
<path class="curve pqe" d="${linePath(worst, 1, PQE_HEIGHT)}"/>`;
}

/** Two curves with a common scale from zero. */
function curves(
  values: { readonly before: ArrayLike<number>; readonly after: ArrayLike<number> },
  columns: Columns,
  title: string,
): Markup {
  const before = worstPerColumn(columns, (frame) => values.before[frame], 'most');
  const after = worstPerColumn(columns, (frame) => values.after[frame], 'most');
  const sorted = [...before, ...after].filter(Number.isFinite).sort((a, b) => a - b);
  const most = sorted.at(-1) ?? 0;
  const usual = sorted[Math.floor((sorted.length - 1) * 0.98)] ?? 0;
  const isCut = usual > 0 && most > CUT_ABOVE * usual;
  const ticks = roundTicks(isCut ? 1.3 * usual : most, 3);
  const top = ticks[ticks.length - 1];
  const rules = ticks.map((value) => {
    const y = Math.round(CURVE_HEIGHT * (1 - value / top) * 10) / 10;
    return html`<line class="${value === 0 ? 'axis' : 'grid'}" x1="0" x2="${PLOT}" y1="${y}" y2="${y}"/><text x="-8" y="${y + 4}" text-anchor="end">${value}</text>`;
  });
  const note = isCut ? `; peaks cut off, highest ${measured(most)}` : '';
  return html`<text class="name" x="0" y="-9">${title}${note}</text>${rules}
<path class="curve before" d="${linePath(before, top, CURVE_HEIGHT)}"/><path class="curve after" d="${linePath(after, top, CURVE_HEIGHT)}"/>`;
}

/** A line through the middles of the columns, broken where there is no value. */
function linePath(values: Float64Array, top: number, height: number): string {
  let path = '';
  let isOpen = false;
  for (const [column, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      isOpen = false;
      continue;
    }
    const x = (((column + 0.5) * PLOT) / values.length).toFixed(1);
    const y = (height * (1 - Math.min(1, value / top))).toFixed(1);
    path += `${isOpen ? 'L' : 'M'}${x} ${y}`;
    isOpen = true;
  }
  return path;
}
