/** The report's tables. */
import type { ReferenceUse, RefineReport } from '../../../contract/report.ts';
import { worstSpansFirst } from '../../../contract/worst-spans.ts';
import { jointLabel } from './heat-map.ts';
import { html, type Markup } from './markup.ts';
import { clock, decimal, duration, measured } from './numbers.ts';

/** Longer tables are cut here and say so; the JSON report holds every row. */
const MOST_ROWS = 150;

export function spanTable(report: RefineReport, derived: readonly boolean[], frameTime: number): Markup {
  const spans = worstSpansFirst(report);
  if (spans.length === 0) return html`<p class="muted">No frame fell below the threshold.</p>`;
  const rows = spans.slice(0, MOST_ROWS).map(
    (span, rank) => html`<tr><td class="number">${rank + 1}</td>
<td class="number">${decimal(span.start)}–${decimal(span.end)}</td>
<td class="number">${clock(span.start * frameTime)}</td>
<td class="number">${measured((span.end - span.start + 1) * frameTime)} s</td>
<td class="number">${decimal(span.worst)}</td>
<td class="number">${decimal(report.pqe[span.worst], 2)}</td>
<td class="number">${measured(report.expectedErrorMm[span.worst])}</td>
<td class="number">${measured(report.expectedErrorAfterMm[span.worst])}</td>
<td class="tight">${worstJoints(report, derived, span.worst)}</td></tr>`,
  );
  return html`<div class="scroll" role="region" aria-labelledby="spans-title" tabindex="0"><table><caption>Worst first. Error is what is expected at the worst frame, mean over joints.</caption>
<thead><tr><th class="number" scope="col">#</th><th class="number" scope="col">frames</th><th class="number" scope="col">from</th>
<th class="number" scope="col">length</th><th class="number" scope="col">worst frame</th><th class="number" scope="col">PQE</th>
<th class="number" scope="col">error before, mm</th><th class="number" scope="col">after, mm</th><th scope="col">worst joints</th></tr></thead>
<tbody>${rows}</tbody></table></div>${moreRows(spans.length)}`;
}

/** The two joints with the lowest PQE at a frame. */
export function worstJoints(report: RefineReport, derived: readonly boolean[], frame: number): string {
  return (report.pqeJoints[frame] ?? [])
    .map((pqe, joint) => ({ pqe, joint }))
    .filter(({ pqe, joint }) => Number.isFinite(pqe) && !derived[joint])
    .sort((a, b) => a.pqe - b.pqe)
    .slice(0, 2)
    .map(({ joint }) => jointLabel(joint))
    .join(', ');
}

export function referenceTable(report: RefineReport): Markup {
  if (report.references.length === 0) return html`<p class="muted">No clean window was consulted.</p>`;
  const uses = mergeUses(report.references);
  const rows = uses.slice(0, MOST_ROWS).map(
    (use) => html`<tr><td>${use.clip}</td><td class="number">${use.entry}</td>
<td class="number">${decimal(use.start)}–${decimal(use.end)}</td><td class="number">${measured(use.distance)}</td></tr>`,
  );
  return html`<div class="scroll" role="region" aria-labelledby="references-title" tabindex="0"><table><caption>Clean windows the model consulted, in order of time. Distance is the L2 of the retrieval vectors; the least where a window was used several times in a row.</caption>
<thead><tr><th scope="col">clip</th><th class="number" scope="col">entry</th><th class="number" scope="col">for frames</th><th class="number" scope="col">distance</th></tr></thead>
<tbody>${rows}</tbody></table></div>${moreRows(uses.length)}`;
}

/** Uses of the same window that follow each other or overlap, as one. */
function mergeUses(references: readonly ReferenceUse[]): readonly ReferenceUse[] {
  const merged: ReferenceUse[] = [];
  for (const use of [...references].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (
      last !== undefined &&
      last.entry === use.entry &&
      last.clip === use.clip &&
      use.start <= last.end + 1
    ) {
      const end = Math.max(last.end, use.end);
      merged[merged.length - 1] = { ...last, end, distance: Math.min(last.distance, use.distance) };
    } else merged.push(use);
  }
  return merged;
}

/** Names and values, side by side. */
export function factTable(
  heading: string,
  facts: readonly (readonly [string, string | number | Markup])[],
): Markup {
  const rows = facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return html`<div><h3>${heading}</h3><table><tbody>${rows}</tbody></table></div>`;
}

export function timingFacts(report: RefineReport): (readonly [string, string])[] {
  return Object.entries(report.timingsMs).map(
    ([step, milliseconds]) => [step, duration(milliseconds)] as const,
  );
}

function moreRows(count: number): Markup | null {
  if (count <= MOST_ROWS) return null;
  return html`<p class="muted">${decimal(count - MOST_ROWS)} more are in the JSON report.</p>`;
}
