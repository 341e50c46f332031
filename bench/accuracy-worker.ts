/** Does the jobs of `bench/accuracy.ts`, one after the other, in a process of its own. */

import { compareFrameRates, type FrameRateLine } from './frame-rates.ts';
import type { FrameQuality } from './measure-clip.ts';
import { type ClipFigures, measureClip, measureQuality } from './measure-clip.ts';
import { atFrameRate, loadTruth, type TruthClip } from './mocap.ts';
import { noisyClip, SETTINGS } from './noisy-clips.ts';
import { filtered, networkOf, Refiners, type TunedFilter } from './refiners.ts';
import { type RetrievalLine, retrieveAlone } from './retrieval-alone.ts';
import { tuneFilter } from './tuned-filters.ts';
import { refineUnseen, type UnseenLine } from './unseen-kinds.ts';

export interface Scope {
  readonly split: 'train' | 'val' | 'test';
  /** Clips used at most. */
  readonly clips: number;
}

export type Job = { readonly scope: Scope } & (
  | { readonly kind: 'tune'; readonly setting: string }
  | {
      readonly kind: 'measure';
      readonly setting: string;
      readonly model: string;
      readonly runs: number;
      readonly tuned: TunedFilter | null;
    }
  | { readonly kind: 'rates'; readonly model: string }
  | { readonly kind: 'unseen'; readonly model: string }
  | { readonly kind: 'retrieval'; readonly hasNetwork: boolean }
);

export interface MeasuredClip extends ClipFigures {
  readonly clip: number;
  readonly run: number;
  readonly frames: number;
  readonly quality: FrameQuality | null;
}

/** By kind of job. */
export interface Answers {
  readonly tune: TunedFilter;
  readonly measure: readonly MeasuredClip[];
  readonly rates: FrameRateLine;
  readonly unseen: readonly UnseenLine[];
  readonly retrieval: { readonly lines: readonly RetrievalLine[]; readonly windows: number };
}

const refiners = new Refiners();
let truth: Promise<TruthClip[]> | null = null;

process.on('message', async (job: Job) => {
  process.send!(await answer(job));
});
process.on('disconnect', () => refiners.close());

async function answer(job: Job): Promise<Answers[Job['kind']]> {
  truth ??= loadTruth(job.scope.split);
  const clips = (await truth).slice(0, job.scope.clips);
  switch (job.kind) {
    case 'tune': {
      const setting = SETTINGS[job.setting];
      return tuneFilter(
        clips.map((clip, index) => noisyClip(atFrameRate(clip, setting.fps), setting, 0, index)),
      );
    }
    case 'rates':
      return compareFrameRates(job.model, clips, refiners);
    case 'unseen':
      return refineUnseen(job.model, refiners);
    case 'retrieval':
      return retrieveAlone(clips, refiners, job.hasNetwork);
    case 'measure':
      break;
  }
  const setting = SETTINGS[job.setting];
  const measured: MeasuredClip[] = [];
  for (let run = 0; run < job.runs; run++) {
    for (const [index, source] of clips.entries()) {
      const clip = noisyClip(atFrameRate(source, setting.fps), setting, run, index);
      const network = networkOf(job.model);
      const refined = network === null ? null : await refiners.network(job.model, clip);
      const positions = refined?.positions ?? filtered(job.model, clip, job.tuned);
      const tells = refined !== null && job.model === network && setting.noise !== 'none';
      const quality = tells
        ? await measureQuality(refined, clip, (await refiners.session(network)).model.card)
        : null;
      const frames = clip.truth.length / 51;
      measured.push({ clip: index, run, frames, ...measureClip(positions, clip), quality });
    }
  }
  return measured;
}
