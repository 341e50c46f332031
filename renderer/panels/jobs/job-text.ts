import type { Job } from '../../state/activity.ts';

const STAGES: Readonly<Record<string, string>> = {
  start: 'Starting',
  queued: 'Waiting for the run before it',
  refine: 'Refining',
  solve: 'Fitting the skeleton',
};

/** What a job does right now. */
export function stageText(job: Pick<Job, 'stage' | 'share'>): string {
  if (job.share === null) return STAGES.queued;
  return STAGES[job.stage] ?? job.stage;
}

/** `12 s left`; '' while it cannot be told. */
export function timeLeftText(secondsLeft: number | null): string {
  if (secondsLeft === null) return '';
  // Nobody needs to know whether it is 83 or 84 seconds.
  if (secondsLeft >= 90) return `${Math.round(secondsLeft / 60)} min left`;
  return `${Math.max(1, Math.ceil(secondsLeft))} s left`;
}

/** What a screen reader hears: it changes with the stage and with each quarter, not with each percent. */
export function spokenProgress(job: Pick<Job, 'title' | 'stage' | 'share'>): string {
  const quarter = Math.floor((job.share ?? 0) * 4) * 25;
  const part = quarter === 0 ? '' : `, ${quarter} percent`;
  return `${job.title}: ${stageText(job)}${part}`;
}
