/**
 * Accuracy on captured clips with fixed seeds: every refiner on the same noisy inputs.
 *
 *   node bench/accuracy.ts [--split val|test] [--seeds 5] [--models a,b] [--settings est30,white120] [--json FILE] [--markdown FILE] [--library FOLDER]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createFilter, FILTER_NAMES, type FilterName } from '../motion/filters/filter.ts';
import { accelErrorMmPerFrame2 } from '../motion/metrics/accel-error.ts';
import { mpjpeMm, mpjpePerFrameMm } from '../motion/metrics/mpjpe.ts';
import { paMpjpeMm } from '../motion/metrics/pa-mpjpe.ts';
import { pearson } from '../motion/metrics/pearson.ts';
import { poseQuality } from '../motion/quality/pqe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { readModelCard } from '../native-model/inference/model-card.ts';
import { SynspSession } from '../native-model/inference/synsp-session.ts';
import { openReferences } from '../native-model/refine/open-references.ts';
import { refineWindows } from '../native-model/refine/refine-windows.ts';
import { type AccuracyLine, accuracyTables } from './accuracy-tables.ts';
import { atFrameRate, loadTruth, type TruthClip } from './mocap.ts';
import { clipSeed, corrupt, SETTINGS } from './noisy-clips.ts';
import { withRandomAnswers } from './random-references.ts';

const { values: options } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    seeds: { type: 'string', default: '5' },
    models: {
      type: 'string',
      default: [
        'input',
        ...FILTER_NAMES,
        'synsp++ without references',
        'synsp++ with random references',
        'synsp++',
      ].join(','),
    },
    settings: { type: 'string', default: Object.keys(SETTINGS).join(',') },
    json: { type: 'string' },
    markdown: { type: 'string' },
    library: { type: 'string' },
  },
});

interface Refined {
  readonly positions: Float64Array;
  readonly disagreementMm: Float64Array | null;
}

interface Row {
  readonly frames: number;
  readonly mpjpe: number;
  readonly paMpjpe: number;
  readonly accel: number;
  readonly globalMpjpe: number;
  readonly globalAccel: number;
}

const clips = await loadTruth(options.split as 'val' | 'test');
const model = options.models.includes('synsp++') ? readModelCard('synsp++') : null;
const session = model === null ? null : await SynspSession.open(model, 'cpu', console.error);
const store =
  model === null
    ? null
    : await openReferences(
        options.library === undefined ? 'default' : { directory: options.library },
        console.error,
      );
const scrambled = store === null ? null : withRandomAnswers(store, 1);
const table: AccuracyLine[] = [];

for (const key of options.settings.split(',')) {
  const setting = SETTINGS[key];
  const seeds = Math.min(setting.mostRuns, Number(options.seeds));
  for (const name of options.models.split(',')) {
    const rows: Row[] = [];
    const quality = { badness: [] as number[], errors: [] as number[], perClip: [] as [number, number][] };
    for (let seed = 0; seed < seeds; seed++) {
      for (const [index, source] of clips.entries()) {
        const truth = atFrameRate(source, setting.fps);
        const noisy = corrupt(truth, setting.noise, clipSeed(seed, index));
        const refined = await refine(name, noisy, truth);
        rows.push(measure(refined.positions, truth.body17));
        if (refined.disagreementMm === null) continue;
        const pqe = poseQuality(refined.disagreementMm, BODY17_COUNT, model!.card.quality.floorMm);
        const frames = truth.body17.length / (BODY17_COUNT * 3);
        const errors = mpjpePerFrameMm(noisy, truth.body17, { frames, joints: BODY17_COUNT, root: 0 });
        const badness = pqe.frames.map((value) => 1 - value);
        quality.badness.push(...badness);
        quality.errors.push(...errors);
        quality.perClip.push([pearson(badness, errors), frames]);
      }
    }
    report(key, setting.title, name, rows, quality);
  }
}
await store?.close();
await session?.dispose();
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(table, null, 1)}\n`);
if (options.markdown !== undefined) writeFileSync(options.markdown, accuracyTables(table));

async function refine(name: string, noisy: Float64Array, { frameTime }: TruthClip): Promise<Refined> {
  if (name === 'input') return { positions: noisy, disagreementMm: null };
  if ((FILTER_NAMES as readonly string[]).includes(name)) {
    const frames = noisy.length / (BODY17_COUNT * 3);
    const positions = createFilter(name as FilterName)(noisy, frames, BODY17_COUNT * 3, frameTime);
    return { positions, disagreementMm: null };
  }
  const references = name.endsWith('without references')
    ? null
    : name.endsWith('random references')
      ? scrambled
      : store;
  return refineWindows(noisy, frameTime, session!, references, {}, {});
}

function measure(positions: Float64Array, truth: Float64Array): Row {
  const frames = truth.length / (BODY17_COUNT * 3);
  const rooted = { frames, joints: BODY17_COUNT, root: 0 };
  const global = { ...rooted, root: null };
  return {
    frames,
    mpjpe: mpjpeMm(positions, truth, rooted),
    paMpjpe: paMpjpeMm(positions, truth, rooted),
    accel: accelErrorMmPerFrame2(positions, truth, rooted),
    globalMpjpe: mpjpeMm(positions, truth, global),
    globalAccel: accelErrorMmPerFrame2(positions, truth, global),
  };
}

/** Frame-weighted mean and half the 95 % confidence interval of that mean over clips and seeds. */
function weighted(rows: readonly Row[], key: keyof Row): [mean: number, interval: number] {
  const total = rows.reduce((sum, row) => sum + row.frames, 0);
  const mean = rows.reduce((sum, row) => sum + row.frames * row[key], 0) / total;
  const variance = rows.reduce((sum, row) => sum + (row.frames * (row[key] - mean)) ** 2, 0) / total ** 2;
  return [mean, 1.96 * Math.sqrt(variance)];
}

function report(
  key: string,
  title: string,
  name: string,
  rows: readonly Row[],
  quality: { badness: number[]; errors: number[]; perClip: [number, number][] },
): void {
  const [mpjpe, interval] = weighted(rows, 'mpjpe');
  const one = (metric: keyof Row): number => weighted(rows, metric)[0];
  const pooled = quality.errors.length === 0 ? null : pearson(quality.badness, quality.errors);
  const frames = quality.perClip.reduce((sum, [, count]) => sum + count, 0);
  const perClip =
    frames === 0 ? null : quality.perClip.reduce((sum, [r, count]) => sum + r * count, 0) / frames;
  const line = {
    setting: key,
    title,
    model: name,
    mpjpe,
    interval,
    paMpjpe: one('paMpjpe'),
    accel: one('accel'),
    globalMpjpe: one('globalMpjpe'),
    globalAccel: one('globalAccel'),
    pqePearson: pooled,
    pqePearsonPerClip: perClip,
  };
  table.push(line);
  const show = (value: number | null, digits = 2): string =>
    (value === null ? '-' : value.toFixed(digits)).padStart(8);
  console.log(
    `${title.padEnd(24)} ${name.padEnd(28)} MPJPE ${show(mpjpe, 1)} ±${interval.toFixed(1).padStart(4)}  PA ${show(line.paMpjpe, 1)}  Accel ${show(line.accel)}  global ${show(line.globalMpjpe, 1)} /${show(line.globalAccel)}  PQE r ${show(pooled)} (per clip ${show(perClip)})`,
  );
}
