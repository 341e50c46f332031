import { addEstimatorNoise } from '../assets/samples/estimator-noise.ts';
import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { quantile } from '../motion/quality/pqe.ts';
import { unfamiliarSpans } from '../motion/quality/unfamiliar-spans.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import type { Refiners } from './refiners.ts';
import { UNSEEN_FRAME_TIME, UNSEEN_MOTION } from './unseen-motion.ts';

const RUNS = 5;

export interface UnseenLine {
  readonly model: string;
  readonly kind: string;
  readonly noise: 'estimator' | 'none';
  /** MPJPE, mm. */
  readonly before: number;
  readonly after: number;
  /** Runs in which some stretch is called unlike the training, and the part of frames in such; null: cannot tell. */
  readonly runs: number;
  readonly toldRuns: number | null;
  readonly toldFrames: number | null;
  readonly medianSurprise: number | null;
}

/** What a network makes of motion of a kind it never saw. */
export async function refineUnseen(model: string, refiners: Refiners): Promise<UnseenLine[]> {
  const { card } = (await refiners.session(model)).model;
  const lines: UnseenLine[] = [];
  for (const [kind, make] of Object.entries(UNSEEN_MOTION)) {
    const truth = make();
    const shape = { frames: truth.length / (BODY17_COUNT * 3), joints: BODY17_COUNT, root: 0 };
    for (const noise of ['estimator', 'none'] as const) {
      const runs = noise === 'none' ? 1 : RUNS;
      let before = 0;
      let after = 0;
      let toldRuns = 0;
      let told = 0;
      const surprises: number[] = [];
      for (let run = 0; run < runs; run++) {
        const input = noise === 'none' ? truth : addEstimatorNoise(truth, UNSEEN_FRAME_TIME, 5000 + run);
        const clip = { truth, input, seen: null, frameTime: UNSEEN_FRAME_TIME };
        const { positions, surprise } = await refiners.network(model, clip);
        before += mpjpeMm(input, truth, shape) / runs;
        after += mpjpeMm(positions, truth, shape) / runs;
        if (surprise === null || card.architecture !== 'posemend') continue;
        surprises.push(...surprise);
        const spans = unfamiliarSpans(surprise, UNSEEN_FRAME_TIME, card.unfamiliarAbove);
        toldRuns += spans.length > 0 ? 1 : 0;
        told += spans.reduce((sum, { start, end }) => sum + end - start + 1, 0);
      }
      const tells = surprises.length > 0;
      lines.push({
        model,
        kind,
        noise,
        before,
        after,
        runs,
        toldRuns: tells ? toldRuns : null,
        toldFrames: tells ? told / (runs * shape.frames) : null,
        medianSurprise: tells ? quantile(surprises, 0.5) : null,
      });
    }
  }
  return lines;
}
