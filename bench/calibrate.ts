/**
 * Calibrates a model's expected error on the validation split and writes it into its card: which mix of the
 * correction's size and the branches' disagreement follows the true error best, and how many millimetres it means.
 *
 *   node bench/calibrate.ts [--model posemend] [--seeds 3] [--write]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jointDistancesMm, rootRelative } from '../motion/metrics/joint-distances.ts';
import { mpjpePerFrameMm } from '../motion/metrics/mpjpe.ts';
import { pearson } from '../motion/metrics/pearson.ts';
import { quantile } from '../motion/quality/pqe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { readModelCard } from '../native-model/inference/model-card.ts';
import { OnnxSession } from '../native-model/inference/onnx-session.ts';
import { frameScores } from '../native-model/refine/network-quality.ts';
import { openReferences } from '../native-model/refine/open-references.ts';
import { refineMotion } from '../native-model/refine/refine-motion.ts';
import { atFrameRate, loadTruth } from './mocap.ts';
import { clipSeed, corrupt, SETTINGS } from './noisy-clips.ts';

/** Settings the error is calibrated on, and how many frames of each count. */
const CALIBRATED_ON = ['est30', 'est60', 'white120', 'clean30'];
const FRAMES_EACH = 6000;
const WEIGHTS = [0, 1, 2, 3, 4, 6, 9, 14];
const BINS = 14;

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'posemend' },
    seeds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

interface Sample {
  /** By weight. */
  readonly scores: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly before: number;
  readonly after: number;
}

const model = readModelCard(options.model);
const session = await OnnxSession.open(model, 'cpu', console.error);
const store = await openReferences('default', console.error);
const clips = await loadTruth('val');
const samples: Sample[] = [];
const scales: number[] = [];

for (const key of CALIBRATED_ON) {
  const setting = SETTINGS[key];
  const found: Sample[] = [];
  for (let run = 0; run < Math.min(setting.mostRuns, Number(options.seeds)); run++) {
    for (const [index, source] of clips.entries()) {
      const truth = atFrameRate(source, setting.fps);
      const noisy = corrupt(truth, setting.noise, clipSeed(100 + run, index));
      const refined = await refineMotion(
        { body17: noisy, seen: null, frameTime: truth.frameTime, skeleton: null },
        session,
        { store, rules: {} },
        {},
      );
      const shape = { frames: truth.body17.length / (BODY17_COUNT * 3), joints: BODY17_COUNT, root: 0 };
      const corrections = jointDistancesMm(rootRelative(noisy), rootRelative(refined.positions));
      const scoresOf = (which: 'before' | 'after'): Float64Array[] =>
        WEIGHTS.map((weight) => frameScores(refined, corrections, which, weight));
      const scores = { before: scoresOf('before'), after: scoresOf('after') };
      const before = mpjpePerFrameMm(noisy, truth.body17, shape);
      const after = mpjpePerFrameMm(refined.positions, truth.body17, shape);
      for (let frame = 0; frame < shape.frames; frame++) {
        found.push({
          scores: {
            before: scores.before.map((values) => values[frame]),
            after: scores.after.map((values) => values[frame]),
          },
          before: before[frame],
          after: after[frame],
        });
      }
      if (setting.noise === 'estimator')
        scales.push(quantile(refined.errorsMm?.before ?? refined.disagreementMm, 0.99));
    }
  }
  const step = Math.max(1, Math.floor(found.length / FRAMES_EACH));
  samples.push(...found.filter((_, at) => at % step === 0));
}
await session.dispose();
store.close();

const expectedError = { before: calibrate('before'), after: calibrate('after') };
// The usual scale of an estimator's clip: calmer clips are measured by it too, so that their PQE stays near 1 and
// frames of different clips can be compared; only worse clips stretch it.
const floorMm = Number(quantile(scales, 0.5).toFixed(1));
console.log(JSON.stringify({ quality: { floorMm }, expectedError }, null, 1));
if (options.write) {
  const file = join(model.folder, 'card.json');
  const card = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...card, quality: { floorMm }, expectedError }, null, 2)}\n`);
}

function calibrate(which: 'before' | 'after'): { disagreementWeight: number; knots: [number, number][] } {
  const errors = samples.map((sample) => sample[which]);
  const fits = WEIGHTS.map((weight, at) => ({
    weight,
    at,
    r: pearson(
      samples.map((sample) => sample.scores[which][at]),
      errors,
    ),
  }));
  for (const { weight, r } of fits) console.error(`${which}: weight ${weight}, Pearson ${r.toFixed(3)}`);
  const best = fits.reduce((a, b) => (b.r > a.r ? b : a));
  const sorted = [...samples].sort((a, b) => a.scores[which][best.at] - b.scores[which][best.at]);
  const bins: { x: number; y: number; count: number }[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const part = sorted.slice((bin * sorted.length) / BINS, ((bin + 1) * sorted.length) / BINS);
    const mean = (pick: (sample: Sample) => number): number =>
      part.reduce((sum, sample) => sum + pick(sample), 0) / part.length;
    bins.push({ x: mean((s) => s.scores[which][best.at]), y: mean((s) => s[which]), count: part.length });
    // Pool adjacent violators: the expected error never falls as the score rises.
    while (bins.length > 1 && bins[bins.length - 1].y < bins[bins.length - 2].y) {
      const [a, b] = bins.splice(-2);
      const count = a.count + b.count;
      bins.push({
        x: (a.x * a.count + b.x * b.count) / count,
        y: (a.y * a.count + b.y * b.count) / count,
        count,
      });
    }
  }
  return {
    disagreementWeight: best.weight,
    knots: bins.map(({ x, y }) => [Number(x.toFixed(2)), Number(y.toFixed(2))]),
  };
}
