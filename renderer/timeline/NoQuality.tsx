import { Button } from '@mantine/core';
import { startRefine } from '../actions/refine.ts';
import { useActivity } from '../state/activity.ts';
import type { Comparison } from '../state/selectors.ts';
import classes from './Tracks.module.css';

/** Stands where the quality tracks will be: before the first take, while one is made, and while it arrives. */
export function NoQuality({ comparison }: { readonly comparison: Comparison }) {
  const { active, take } = comparison;
  const job = useActivity((state) => state.jobs.find(({ clip }) => clip === active.id));
  const engine = useActivity((state) => state.engine);
  if (active.clip.info.dimensions === 2) {
    return (
      <div className={classes.note}>
        A 2D clip has no quality estimate: errors are measured in metres. Open with… in its menu lifts it to
        3D.
      </div>
    );
  }
  if (take !== null) {
    return (
      <div className={classes.note}>
        {engine === 'ready'
          ? 'Loading the take…'
          : 'The frames of this take were with the engine, which has stopped. They come back when it runs again; if not, refine once more.'}
      </div>
    );
  }
  if (job !== undefined) {
    const percent = job.share === null ? '' : ` ${Math.round(job.share * 100)} %`;
    return (
      <div className={classes.note}>
        {job.share === null ? 'Waiting for other jobs' : `Refining…${percent}`}: the bad frames appear here
        when it is done.
      </div>
    );
  }
  return (
    <div className={classes.note}>
      Refine marks the bad frames of this clip.
      <Button
        size="compact-xs"
        variant="light"
        disabled={engine !== 'ready'}
        onClick={() => void startRefine(active.id)}
      >
        Refine
      </Button>
    </div>
  );
}
