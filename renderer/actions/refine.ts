import { notifications } from '@mantine/notifications';
import { unpackArrays } from '../../contract/pack.ts';
import type { RefineChoices, RefineEvent, TakeInfo } from '../../contract/takes.ts';
import { engine, isCancelled, isGone } from '../engine/client.ts';
import { host } from '../host/host.ts';
import { announce, type Job, setActivity, useActivity } from '../state/activity.ts';
import { type ClipEdits, editClip, useDocument, type Version } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { versionTitle } from '../state/selectors.ts';
import { joinTake, withoutTake } from '../state/take-history.ts';
import { reportFailure } from './report-failure.ts';

let jobCount = 0;

/** Refines a clip with its settings; the result is a new take beside the others. */
export async function startRefine(clip: string): Promise<void> {
  const { edits, clips } = useDocument.getState();
  const name = clips[clip].info.name;
  const cancel = new AbortController();
  const job: Job = {
    id: `job-${++jobCount}`,
    clip,
    title: name,
    stage: 'start',
    share: 0,
    secondsLeft: null,
    cancel: () => cancel.abort(),
  };
  setActivity({ jobs: [...useActivity.getState().jobs, job] });
  announce(`Refining ${name}`);
  try {
    const events = await engine().takes.refine(
      { clip, choices: choicesOf(edits[clip]) },
      { signal: cancel.signal },
    );
    for await (const event of events) {
      if (event.kind === 'done') await addTake(clip, event.take, cancel.signal);
      else updateJob(job.id, progressOf(event));
    }
  } catch (error) {
    if (cancel.signal.aborted || isCancelled(error)) announce(`Refining ${name} was cancelled`);
    // The connection says so itself where the engine has gone.
    else if (!isGone(error)) reportFailure(`${name} was not refined`, error);
    else announce(`Refining ${name} was interrupted`);
  } finally {
    setActivity({ jobs: useActivity.getState().jobs.filter((other) => other.id !== job.id) });
  }
}

export function cancelJob(id: string): void {
  useActivity
    .getState()
    .jobs.find((job) => job.id === id)
    ?.cancel();
}

/** Takes a take off the list; undo brings it back. */
export function removeTake(clip: string, take: string): void {
  const { takes, compare } = withoutTake(useDocument.getState().edits[clip], take);
  editClip(clip, { takes, compare });
}

export function renameTake(clip: string, take: string, name: string): void {
  const { takeNames } = useDocument.getState().edits[clip];
  const rest = Object.fromEntries(Object.entries(takeNames).filter(([id]) => id !== take));
  const trimmed = name.trim();
  editClip(clip, { takeNames: trimmed === '' ? rest : { ...rest, [take]: trimmed } });
}

export function showVersions(clip: string, a: Version, b: Version | null): void {
  editClip(clip, { compare: { a, b } });
}

/** Opens the HTML report of a take. */
export async function openReport(take: string): Promise<void> {
  try {
    const page = await engine().takes.report({ take, format: 'html' });
    host.showPage(reportTitle(take), page as Blob);
  } catch (error) {
    reportFailure('The report cannot be shown', error);
  }
}

/** Saves the HTML report of a take. */
export async function saveReport(take: string): Promise<void> {
  try {
    const page = await engine().takes.report({ take, format: 'html' });
    const saved = await host.saveFiles([{ name: `${reportTitle(take)}.html`, bytes: page as Blob }]);
    if (saved !== null) notifications.show({ message: `The report is in ${saved.place}` });
  } catch (error) {
    reportFailure('The report cannot be saved', error);
  }
}

function reportTitle(take: string): string {
  const { takes, clips, edits } = useDocument.getState();
  const { clip } = takes[take];
  return `${clips[clip].info.name} ${versionTitle(edits[clip], take)}`;
}

function choicesOf(edits: ClipEdits): RefineChoices {
  const { model, strength, range, featherFrames, joints, footLock, useLibrary, tags, person, device } = edits;
  return {
    model,
    strength,
    featherFrames,
    footLock,
    useLibrary,
    tags: [...tags],
    device,
    joints: [...joints],
    ...(range === null ? {} : { range: [range[0], range[1]] }),
    ...(person === '' ? {} : { person }),
  };
}

/** A take that was cancelled while its frames arrived, or whose clip is gone for good, is removed again. */
async function addTake(clip: string, take: TakeInfo, cancel: AbortSignal): Promise<void> {
  const frames = await engine().takes.frames({ take: take.id });
  const arrays = unpackArrays(await frames.arrayBuffer());
  if (!cancel.aborted) {
    poseShelf.putTake(take.id, arrays);
    if (joinTake(clip, take)) {
      setActivity({ posesVersion: useActivity.getState().posesVersion + 1 });
      const name = useDocument.getState().clips[clip]?.info.name ?? 'The clip';
      announce(`${name} is refined: ${take.report.lowQuality.length} stretches need a look`);
      return;
    }
    poseShelf.drop(take.id);
  }
  await engine().takes.remove({ take: take.id });
}

function progressOf(event: Exclude<RefineEvent, { kind: 'done' }>): Partial<Job> {
  if (event.kind === 'queued') return { stage: 'queued', share: null, secondsLeft: null };
  const { stage, share, secondsLeft } = event;
  return { stage, share, secondsLeft };
}

function updateJob(id: string, change: Partial<Job>): void {
  const { jobs } = useActivity.getState();
  setActivity({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) });
}
