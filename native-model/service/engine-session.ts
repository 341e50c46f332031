import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { OpenChoices } from '../../contract/clips.ts';
import { PoseMendError } from '../../contract/errors.ts';
import type { RefineChoices, RefineEvent, TakeInfo } from '../../contract/takes.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { type Analysis, analyseClip } from '../refine/analyse-clip.ts';
import { analysisKey } from '../refine/analysis-key.ts';
import { composeTake } from '../refine/compose-take.ts';
import type { RefineSettings, Take } from '../refine/refine-clip.ts';
import { RefineResources } from '../refine/resources.ts';
import { ByteCache } from './byte-cache.ts';
import { ClipHashes } from './clip-hashes.ts';
import { ClipShelf } from './clip-shelf.ts';
import { JobQueue } from './job-queue.ts';
import { progressReporter } from './refine-progress.ts';
import { TakeStore } from './take-store.ts';

/** Network answers kept, so that another strength or range is quick. */
const KEPT_ANALYSIS_BYTES = 6e8;

/** Everything an engine knows between two calls. One per engine process. */
export class EngineSession {
  readonly clips: ClipShelf;
  readonly takes: TakeStore;
  readonly resources = new RefineResources();
  readonly #queue = new JobQueue();
  readonly #analyses = new ByteCache<Analysis>(KEPT_ANALYSIS_BYTES);

  /** @param workspace folder for takes; the host makes it and removes it */
  constructor(workspace: string) {
    this.takes = new TakeStore(join(workspace, 'takes'));
    this.clips = new ClipShelf(new ClipHashes(join(workspace, 'clips')));
  }

  async open(
    token: string,
    choices: OpenChoices,
    id = `clip-${randomUUID()}`,
  ): Promise<[string, OpenedClip]> {
    return [id, await this.clips.open(id, token, choices)];
  }

  /**
   * Refines a clip when its turn comes and keeps the result as a take.
   * @throws PoseMendError; after a cancel nothing of the take is left
   */
  async refine(
    clipId: string,
    choices: RefineChoices,
    signal: AbortSignal | undefined,
    send: (event: RefineEvent) => void,
  ): Promise<void> {
    const work = async (): Promise<void> => {
      const clip = await this.clips.clip(clipId);
      const settings = settingsOf(choices);
      const made = await this.#refineNow(clip, clipId, settings, signal, send);
      const id = `take-${randomUUID()}`;
      const { pqe, pqeJoints, expectedErrorMm, expectedErrorAfterMm, ...report } = made.report;
      const info: TakeInfo = { id, clip: clipId, choices, madeAt: Date.now(), report };
      await this.takes.save(info, made);
      if (signal?.aborted) {
        await this.takes.remove(id);
        throw new PoseMendError('cancelled', 'the refine was cancelled');
      }
      send({ kind: 'done', take: info });
    };
    await this.#queue.run(work, signal, (jobsAhead) => send({ kind: 'queued', jobsAhead }));
  }

  async #refineNow(
    clip: OpenedClip,
    clipId: string,
    settings: RefineSettings,
    signal: AbortSignal | undefined,
    send: (event: RefineEvent) => void,
  ): Promise<Take> {
    const key = `${clipId}\n${analysisKey(clip, settings)}`;
    const known = this.#analyses.get(key);
    const kind = clip.source.kind === 'skeleton' ? 'skeleton' : 'array';
    const hooks = {
      onProgress: progressReporter(send, kind, known !== undefined),
      ...(signal === undefined ? {} : { signal }),
    };
    const analysis = known ?? (await analyseClip(clip, settings, hooks, this.resources));
    this.#analyses.set(key, analysis, analysis.bytes);
    return composeTake(clip, analysis, settings, hooks);
  }

  /** A take with its frames, as it was made. Throws PoseMendError('usage') where it is not of the clip named. */
  async take(id: string, ofClip?: string): Promise<Take> {
    const { clip } = await this.takes.info(id);
    if (ofClip !== undefined && ofClip !== clip) {
      throw new PoseMendError('usage', 'this take was made of another clip; choose that clip');
    }
    return this.takes.load(id, await this.clips.clip(clip));
  }

  async dispose(): Promise<void> {
    await this.resources.dispose();
  }
}

export function settingsOf(choices: RefineChoices): RefineSettings {
  const { range, joints, person, tags, featherFrames, footLock } = choices;
  const isEveryJoint = joints === undefined || joints.every((isIncluded) => isIncluded);
  return {
    model: choices.model,
    strength: choices.strength,
    device: choices.device,
    library: choices.useLibrary ? 'default' : 'none',
    featherFrames,
    ...(range === undefined ? {} : { range }),
    ...(isEveryJoint ? {} : { joints }),
    ...(footLock === undefined ? {} : { footLock }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(person === undefined || person === '' ? {} : { person }),
  };
}
