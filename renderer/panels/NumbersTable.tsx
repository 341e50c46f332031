import { Tooltip, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, Equal } from 'lucide-react';
import { useComparison, versionTitle } from '../state/selectors.ts';
import classes from './NumbersTable.module.css';
import { type NumberChange, type NumberRow, numberRows } from './numbers/number-rows.ts';
import { EmptyState } from './parts/EmptyState.tsx';

/** Numbers of the take on show beside those of the clip as it was opened. */
export function NumbersTable() {
  const comparison = useComparison();
  if (comparison === null) return <EmptyState title="No clip is open." />;
  const { take, active } = comparison;
  if (take === null) {
    return <EmptyState title="No numbers yet.">Refine the clip, or choose a take to compare.</EmptyState>;
  }
  const rows = numberRows(take.report.summary, active.clip.info.dimensions);
  if (rows.length === 0) {
    return (
      <EmptyState title="A 2D clip has no numbers in metres.">
        Compare its versions in the viewport.
      </EmptyState>
    );
  }
  const title = versionTitle(active.edits, take.id);
  return (
    <div className={classes.numbers} data-testid="numbers-table">
      <table className={classes.table}>
        <caption className={classes.caption}>Input and {title}, means over joints and frames</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.title} row={row} />
          ))}
        </tbody>
      </table>
      <details className={classes.explanations}>
        <summary>What these mean</summary>
        <dl>
          {rows.map(({ title: name, explanation }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{explanation}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function Row({ row }: { readonly row: NumberRow }) {
  const { title, unit, explanation, before, after, change } = row;
  return (
    <tr>
      <th scope="row">
        <Tooltip label={explanation} position="right">
          <span>
            {title} <span className={classes.unit}>{unit}</span>
          </span>
        </Tooltip>
      </th>
      <td>{before}</td>
      <td className={classes.after}>{after}</td>
      <td className={classes.change}>{change === null ? '–' : <Change change={change} />}</td>
    </tr>
  );
}

const ARROWS = { down: ArrowDown, up: ArrowUp, same: Equal } as const;
const DIRECTIONS = { down: 'less', up: 'more', same: 'the same' } as const;

function Change({ change }: { readonly change: NumberChange }) {
  const { direction, text, verdict } = change;
  const Arrow = ARROWS[direction];
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Arrow size={12} aria-hidden />
      {text}
      <VisuallyHidden>
        {' '}
        {DIRECTIONS[direction]}
        {verdict === 'neither' ? '' : `, ${verdict}`}
      </VisuallyHidden>
    </span>
  );
}
