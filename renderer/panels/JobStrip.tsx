import { ActionIcon, Progress, Tooltip, VisuallyHidden } from '@mantine/core';
import { X } from 'lucide-react';
import { cancelJob } from '../actions/refine.ts';
import { type Job, useActivity } from '../state/activity.ts';
import classes from './JobStrip.module.css';
import { spokenProgress, stageText, timeLeftText } from './jobs/job-text.ts';
import { percentText } from './parts/number-text.ts';

/** Refines that run or wait, the running one first. */
export function JobStrip() {
  const jobs = useActivity((state) => state.jobs);
  return (
    <>
      {jobs.length > 0 && (
        <ul className={classes.jobs} aria-label="Running refines">
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      )}
      <VisuallyHidden role="status">{jobs.map(spokenProgress).join('. ')}</VisuallyHidden>
    </>
  );
}

function JobLine({ job }: { readonly job: Job }) {
  const { id, title, share, secondsLeft } = job;
  return (
    <li className={classes.job}>
      <div className={classes.text}>
        <span className={classes.title} title={title}>
          {title}
        </span>
        <span className={classes.stage}>
          {[stageText(job), share === null ? '' : percentText(share), timeLeftText(secondsLeft)]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </div>
      <Tooltip label="Cancel; nothing is left of the run">
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Cancel refining ${title}`}
          data-testid="cancel-job"
          onClick={() => cancelJob(id)}
        >
          <X size={14} />
        </ActionIcon>
      </Tooltip>
      <Progress
        className={classes.bar}
        size={4}
        value={(share ?? 0) * 100}
        aria-label={`Progress of ${title}`}
        data-testid="job-progress"
        transitionDuration={0}
      />
    </li>
  );
}
