import { useActivity } from '../../state/activity.ts';
import { type Comparison, versionTitle } from '../../state/selectors.ts';
import classes from '../Viewport.module.css';

/** Side by side: which version stands in which half. */
export function PaneLabels({ comparison }: { readonly comparison: Comparison }) {
  const isPeeking = useActivity((activity) => activity.isPeeking);
  const { active, a, b } = comparison;
  const titleA = `A: ${versionTitle(active.edits, a)}`;
  return (
    <div className={classes.panes} aria-hidden="true">
      <div className={classes.pane}>
        <span className={classes.paneLabel}>{titleA}</span>
      </div>
      <div className={classes.pane}>
        <span className={classes.paneLabel}>
          {isPeeking || b === null ? titleA : `B: ${versionTitle(active.edits, b)}`}
        </span>
      </div>
    </div>
  );
}
