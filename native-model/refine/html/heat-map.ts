/** Quality by joint over time: one row a joint, one rectangle a run of equal colour. */
import type { RefineReport } from '../../../contract/report.ts';
import { viridisHex } from '../../../motion/quality/viridis.ts';
import { BODY17, BODY17_COUNT } from '../../../motion/skeleton/body17.ts';
import { type Columns, worstPerColumn } from './columns.ts';
import { html, type Markup } from './markup.ts';

/** Colours are rounded to this many steps, so that neighbours join into runs. */
const STEPS = 32;
export const ROW_HEIGHT = 14;
const GROUP_GAP = 5;

interface Row {
  readonly joint: number;
  readonly label: string;
}

/** Rows from head to toe, in groups. */
const GROUPS: readonly (readonly Row[])[] = [
  [
    { joint: BODY17.head, label: 'head' },
    { joint: BODY17.neck, label: 'neck' },
    { joint: BODY17.thorax, label: 'thorax' },
    { joint: BODY17.spine, label: 'spine' },
    { joint: BODY17.pelvis, label: 'pelvis' },
  ],
  [
    { joint: BODY17.leftShoulder, label: 'left shoulder' },
    { joint: BODY17.leftElbow, label: 'left elbow' },
    { joint: BODY17.leftWrist, label: 'left wrist' },
  ],
  [
    { joint: BODY17.rightShoulder, label: 'right shoulder' },
    { joint: BODY17.rightElbow, label: 'right elbow' },
    { joint: BODY17.rightWrist, label: 'right wrist' },
  ],
  [
    { joint: BODY17.leftHip, label: 'left hip' },
    { joint: BODY17.leftKnee, label: 'left knee' },
    { joint: BODY17.leftAnkle, label: 'left ankle' },
  ],
  [
    { joint: BODY17.rightHip, label: 'right hip' },
    { joint: BODY17.rightKnee, label: 'right knee' },
    { joint: BODY17.rightAnkle, label: 'right ankle' },
  ],
];

export const HEAT_MAP_HEIGHT = BODY17_COUNT * ROW_HEIGHT + (GROUPS.length - 1) * GROUP_GAP;

/** Reader's name of a body-17 joint. */
export function jointLabel(joint: number): string {
  return GROUPS.flat().find((row) => row.joint === joint)?.label ?? '';
}

/**
 * The rows, their labels left of x = 0, the map from 0 to `width`. Derived joints are hatched and carry no
 * colour: they repeat what their neighbours say. Needs `hatchPattern` in the same SVG.
 */
export function heatMap(
  report: RefineReport,
  derived: readonly boolean[],
  columns: Columns,
  width: number,
): Markup {
  const runs = new Map<number, string>();
  const labels: Markup[] = [];
  const hatched: Markup[] = [];
  let top = 0;
  for (const group of GROUPS) {
    for (const { joint, label } of group) {
      labels.push(
        html`<text class="name" x="-8" y="${top + ROW_HEIGHT - 3}" text-anchor="end">${label}</text>`,
      );
      if (derived[joint]) {
        hatched.push(html`<rect class="nothing" y="${top}" width="${width}" height="${ROW_HEIGHT - 1}"/>
<rect fill="url(#hatch)" y="${top}" width="${width}" height="${ROW_HEIGHT - 1}"/>`);
      } else {
        const worst = worstPerColumn(columns, (frame) => report.pqeJoints[frame]?.[joint], 'least');
        addRuns(runs, worst, top, ROW_HEIGHT - 1);
      }
      top += ROW_HEIGHT;
    }
    top += GROUP_GAP;
  }
  return html`${labels}${hatched}${colouredRuns(runs, columns, width)}`;
}

/** One row for the whole body, from PQE per frame. */
export function bodyStrip(report: RefineReport, columns: Columns, width: number, height: number): Markup {
  const runs = new Map<number, string>();
  const worst = worstPerColumn(columns, (frame) => report.pqe[frame], 'least');
  addRuns(runs, worst, 0, height);
  return colouredRuns(runs, columns, width);
}

export const HATCH_PATTERN = html`<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatching" x1="0" x2="0" y1="0" y2="6"/></pattern>`;

/** The colour scale with its numbers. */
export function heatLegend(x: number, y: number): Markup {
  const width = 160;
  const bars = Array.from(
    { length: STEPS },
    (_, step) =>
      html`<rect x="${(step * width) / STEPS}" width="${width / STEPS + 0.4}" height="10" fill="${colourOf(step)}"/>`,
  );
  const numbers = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => html`<text x="${share * width}" y="21" text-anchor="middle">${share}</text>`,
  );
  return html`<g transform="translate(${x} ${y})"><text x="-8" y="9" text-anchor="end">PQE: bad</text>${bars}
<text x="${width + 8}" y="9">good</text>${numbers}
<rect class="nothing" x="${width + 56}" width="22" height="10"/><rect fill="url(#hatch)" x="${width + 56}" width="22" height="10"/>
<text x="${width + 84}" y="9">joint derived from others, not scored</text></g>`;
}

const stepOf = (share: number): number => Math.min(STEPS - 1, Math.max(0, Math.floor(share * STEPS)));
const colourOf = (step: number): string => viridisHex(step / (STEPS - 1));

/** Adds the runs of equal colour of one row to the path of each colour. */
function addRuns(runs: Map<number, string>, shares: Float64Array, top: number, height: number): void {
  for (let from = 0, to = 0; from < shares.length; from = to) {
    const step = stepOf(shares[from]);
    const isSeen = Number.isFinite(shares[from]);
    while (
      to < shares.length &&
      Number.isFinite(shares[to]) === isSeen &&
      (!isSeen || stepOf(shares[to]) === step)
    )
      to++;
    if (isSeen) runs.set(step, `${runs.get(step) ?? ''}M${from} ${top}h${to - from}v${height}h${from - to}z`);
  }
}

function colouredRuns(runs: ReadonlyMap<number, string>, columns: Columns, width: number): Markup {
  const paths = [...runs].map(([step, path]) => html`<path fill="${colourOf(step)}" d="${path}"/>`);
  return html`<g shape-rendering="crispEdges" transform="scale(${width / columns.count} 1)">${paths}</g>`;
}
