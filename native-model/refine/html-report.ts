import type { RefineReport } from '../../contract/report.ts';
import { worstSpansFirst } from '../../contract/worst-spans.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { html, Markup } from './html/markup.ts';
import { clock, decimal, meanOf, measured } from './html/numbers.ts';
import { poseSnapshot, snapshotScale } from './html/pose-snapshot.ts';
import { STYLE } from './html/style.ts';
import { factTable, referenceTable, spanTable, timingFacts, worstJoints } from './html/tables.ts';
import { timeCharts } from './html/time-charts.ts';

export interface HtmlReportInput {
  readonly title: string;
  readonly report: RefineReport;
  /** Body-17 positions of the input and of the result, metres. Shape [frame][17][xyz]. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Seconds per frame. */
  readonly frameTime: number;
  /** Per body-17 joint: the input has none, it was made up from others. */
  readonly derived: readonly boolean[];
}

/** Moments shown as pictures. */
const MOST_SNAPSHOTS = 4;

/**
 * A refine as one HTML page that needs nothing else: no request, no script, light or dark as the reader's
 * system is. Throws RangeError if the positions do not have the report's number of frames.
 */
export function htmlReport(input: HtmlReportInput): string {
  const { title, report, before, after, frameTime, derived } = input;
  for (const [name, values] of Object.entries({ before, after })) {
    const expected = report.frames * BODY17_COUNT * 3;
    if (values.length === expected) continue;
    throw new RangeError(
      `${name} holds ${values.length} numbers, but ${report.frames} frames need ${expected}`,
    );
  }
  const accelBefore = meanAcceleration(before, report.frames);
  const accelAfter = meanAcceleration(after, report.frames);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} · refine report</title><style>${new Markup(STYLE)}</style></head><body>
<header><h1>${title}</h1>
<p class="lead">Refined with <b>${report.model}</b> ${report.modelVersion} on <b>${report.device}</b> · ${decimal(report.frames)} frames · ${Number(report.fps.toFixed(3))} fps · ${clock(report.frames * frameTime)}</p>
<p class="lead">${settings(report)}</p></header>
<main>
${notices(report)}
<section id="figures" aria-labelledby="figures-title"><h2 id="figures-title">Before and after</h2>${keyFigures(report)}</section>
${snapshots(input)}
<section id="time" aria-labelledby="time-title"><h2 id="time-title">Over time</h2>${chartKey(report)}
${timeCharts({ report, derived, accelBefore, accelAfter, frameTime })}</section>
<section id="spans" aria-labelledby="spans-title"><h2 id="spans-title">Low-quality spans</h2>${spanTable(report, derived, frameTime)}</section>
<section id="references" aria-labelledby="references-title"><h2 id="references-title">References</h2>${referenceTable(report)}</section>
<section id="done" aria-labelledby="done-title"><h2 id="done-title">What was done</h2>${whatWasDone(report)}</section>
</main></body></html>
`;
  return page.text;
}

/** Library and parameters in one line. */
function settings(report: RefineReport): string {
  const { library } = report;
  const parameters = Object.entries(report.parameters).map(([name, value]) => `${name} ${value}`);
  const windows = library === null ? 'no library' : `library of ${decimal(library.entries)} windows`;
  return [windows, ...parameters].join(' · ');
}

function notices(report: RefineReport): Markup | null {
  if (report.notices.length === 0) return null;
  const items = report.notices.map((notice) => html`<li>${notice}</li>`);
  return html`<section id="notices" class="notices" aria-labelledby="notices-title"><h2 id="notices-title">Please note</h2><ul>${items}</ul></section>`;
}

function keyFigures(report: RefineReport): Markup {
  const { summary } = report;
  const lowFrames = report.lowQuality.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  const change = (before: number, after: number): Markup =>
    html`<span class="from">${measured(before)}</span><span class="arrow">→</span><span class="to">${measured(after)}</span>`;
  const figure = (name: string, value: Markup | string, note: string): Markup =>
    html`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`;
  const error = change(meanOf(report.expectedErrorMm), meanOf(report.expectedErrorAfterMm));
  const accel = change(summary.accelBeforeMmPerFrame2, summary.accelAfterMmPerFrame2);
  const spread = change(summary.boneLengthSpreadBeforeMm, summary.boneLengthSpreadAfterMm);
  const jitter = change(summary.jitterBeforeMPerS3, summary.jitterAfterMPerS3);
  const slide = change(summary.footSlideBeforeMmPerFrame, summary.footSlideAfterMmPerFrame);
  const spans = report.lowQuality.length;
  const share = decimal((100 * lowFrames) / report.frames, 1);
  return html`<dl class="figures">
${figure('Expected error', error, 'mm, the model’s estimate')}
${figure('Acceleration', accel, 'mm/frame², all joints')}
${figure('Jitter', jitter, 'm/s³, mean jerk of all joints')}
${figure('Foot slide', slide, 'mm/frame, ankles on the ground')}
${figure('Range of motion kept', decimal(summary.rangeOfMotionKeptPercent, 1), '%, mean of all joints')}
${figure('Bone length spread', spread, 'mm, mean of all bones')}
${figure('Joints moved by', measured(summary.movedMm), 'mm, mean of all joints')}
${figure('Input quality', decimal(meanOf(report.pqe), 2), 'mean PQE, 1 is good')}
${figure('Low quality', decimal(spans), `${spans === 1 ? 'span' : 'spans'}, ${share} % of frames`)}
</dl>`;
}

function snapshots({ report, before, after, frameTime, derived }: HtmlReportInput): Markup | null {
  const worst = worstSpansFirst(report).slice(0, MOST_SNAPSHOTS);
  if (worst.length === 0) return null;
  const pair = { before, after };
  const scale = snapshotScale(
    pair,
    worst.map((span) => span.worst),
  );
  const figures = worst.map(({ worst: frame }) => {
    const when = `Frame ${decimal(frame)}, ${clock(frame * frameTime)}`;
    const pqe = decimal(report.pqe[frame], 2);
    const label = `${when}: the input and the refined pose. PQE ${pqe}.`;
    return html`<figure>${poseSnapshot(pair, frame, scale, label)}<figcaption><b>${when}</b> · PQE ${pqe}<br>expected error ${measured(report.expectedErrorMm[frame])} → ${measured(report.expectedErrorAfterMm[frame])} mm<br>worst: ${worstJoints(report, derived, frame)}</figcaption></figure>`;
  });
  return html`<section id="poses" aria-labelledby="poses-title"><h2 id="poses-title">Worst moments</h2>
<ul class="key"><li><span class="swatch" style="background:var(--warm)"></span>input</li><li><span class="swatch" style="background:var(--cool)"></span>refined</li><li><span class="swatch ghost"></span>input, behind the refined pose</li><li>all drawn to one scale, limbs behind the body paler</li></ul>
<div class="poses">${figures}</div></section>`;
}

function chartKey(report: RefineReport): Markup {
  const perColumn = Math.ceil(report.frames / 600);
  const reduced =
    perColumn > 1 ? html`<li>each column shows the worst of up to ${perColumn} frames</li>` : null;
  return html`<ul class="key"><li><span class="swatch" style="background:var(--warm)"></span>before</li><li><span class="swatch" style="background:var(--cool)"></span>after</li><li><span class="swatch band"></span>low-quality span, ▼ its worst frame</li>${reduced}</ul>`;
}

function whatWasDone(report: RefineReport): Markup {
  const { library } = report;
  return html`<div class="done">${factTable('Method', [
    ['Model', `${report.model} ${report.modelVersion}`],
    ['Device', report.device],
    [
      'Library',
      library === null
        ? 'none'
        : `${library.path} (version ${library.version}, ${decimal(library.entries)} windows)`,
    ],
  ])}${factTable(
    'Parameters',
    Object.entries(report.parameters).map(([name, value]) => [name, String(value)] as const),
  )}${factTable('Time taken', timingFacts(report))}</div>`;
}

/**
 * Mean over joints of |P(t+1) - 2 P(t) + P(t-1)|, mm/frame², joints not seen in all three frames left out.
 * NaN at the first and last frame.
 */
function meanAcceleration(positions: Float64Array, frameCount: number): Float64Array {
  const out = new Float64Array(frameCount).fill(Number.NaN);
  const stride = BODY17_COUNT * 3;
  for (let frame = 1; frame < frameCount - 1; frame++) {
    let sum = 0;
    let count = 0;
    for (let at = frame * stride; at < (frame + 1) * stride; at += 3) {
      const along = (axis: number) =>
        positions[at + axis + stride] - 2 * positions[at + axis] + positions[at + axis - stride];
      const length = Math.hypot(along(0), along(1), along(2));
      if (!Number.isFinite(length)) continue;
      sum += length;
      count++;
    }
    out[frame] = (1000 * sum) / count;
  }
  return out;
}
