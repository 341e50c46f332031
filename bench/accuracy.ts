/**
 * Accuracy on captured clips with fixed seeds: every refiner on the same noisy inputs, what networks say of their own
 * errors, and what else was promised. Writes work/bench/accuracy.json and docs/results.md.
 *
 *   node bench/accuracy.ts [--split test] [--seeds 5] [--models a,b] [--settings est30,white120] [--clips 16]
 *                          [--processes 2] [--json FILE] [--no-results]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelNames, readModelCard } from '../native-model/inference/model-card.ts';
import { type AccuracyReport, accuracyLine, differenceLines } from './accuracy-report.ts';
import type { MeasuredClip, Scope } from './accuracy-worker.ts';
import { JobPool } from './job-pool.ts';
import type { FrameQuality } from './measure-clip.ts';
import { SETTINGS } from './noisy-clips.ts';
import { qualityFigures } from './quality-figures.ts';
import { DEFAULT_NETWORK, isSlow, networkOf, refinerNames, TUNED } from './refiners.ts';
import { writeResults } from './write-results.ts';

/** Runs of the networks that refine every window. */
const SLOW_RUNS = 2;
/** Settings in which networks are asked about their own errors. */
const QUALITY_SETTINGS = ['est30', 'est60'];

const { values: options } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    seeds: { type: 'string', default: '5' },
    models: { type: 'string', default: refinerNames().join(',') },
    settings: { type: 'string', default: Object.keys(SETTINGS).join(',') },
    clips: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '2' },
    json: { type: 'string' },
    'no-results': { type: 'boolean', default: false },
  },
});
const folder = join(import.meta.dirname, '..', 'work', 'bench');
const json =
  options.json ?? join(folder, options.split === 'test' ? 'accuracy.json' : `${options.split}.json`);
const models = options.models.split(',');
const settings = options.settings.split(',');
const networks = models.filter((name) => networkOf(name) === name);
const scope: Scope = { split: options.split as Scope['split'], clips: Number(options.clips) };
for (const name of modelNames()) {
  if (readModelCard(name).card.architecture !== 'hpr-net') continue;
  console.log(`${name} refines rotations and these inputs are positions: see bench/bvh-roundtrip.ts`);
}
if (!networks.includes(DEFAULT_NETWORK))
  console.log(`'${DEFAULT_NETWORK}' is not measured: not installed or not asked for`);

const began = performance.now();
const pool = new JobPool(Number(options.processes));
const measured = new Map<string, readonly MeasuredClip[]>();
const tuned: AccuracyReport['tuned'] = {};
// The longest jobs first, so that the processes end together.
const slowFirst = [...models].sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
const perFps = [...settings].sort((a, b) => SETTINGS[b].fps - SETTINGS[a].fps);
const network = <T>(work: (model: string) => Promise<T>): Promise<T[]> => Promise.all(networks.map(work));
const tuning = settings.map(async (setting) => {
  tuned[setting] = await pool.run({ kind: 'tune', scope, setting });
});
const [rates, unseen, retrieval] = [
  network((model) => pool.run({ kind: 'rates', scope, model })),
  network((model) => pool.run({ kind: 'unseen', scope, model })),
  pool.run({ kind: 'retrieval', scope, hasNetwork: networks.includes(DEFAULT_NETWORK) }),
];
await Promise.all(tuning);
const measuring = slowFirst.flatMap((model) =>
  perFps.map(async (setting) => {
    const most = Math.min(SETTINGS[setting].mostRuns, Number(options.seeds));
    const runs = isSlow(model) ? Math.min(SLOW_RUNS, most) : most;
    const job = {
      kind: 'measure',
      scope,
      setting,
      model,
      runs,
      tuned: model === TUNED ? tuned[setting] : null,
    } as const;
    const clips = await pool.run(job);
    measured.set(`${setting}/${model}`, clips);
    const line = accuracyLine(setting, model, clips);
    const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(4);
    console.log(
      `${seconds} s  ${line.title.padEnd(44)} ${model.padEnd(34)} MPJPE ${line.mpjpe.toFixed(1)} [${line.low.toFixed(1)}, ${line.high.toFixed(1)}]  Accel ${line.accel.toFixed(2)}`,
    );
  }),
);
await Promise.all(measuring);
const report: AccuracyReport = {
  split: options.split,
  lines: settings.flatMap((setting) =>
    models.map((model) => accuracyLine(setting, model, measured.get(`${setting}/${model}`)!)),
  ),
  differences: settings.flatMap((setting) => differenceLines(setting, measured)),
  tuned,
  quality: settings
    .filter((setting) => QUALITY_SETTINGS.includes(setting))
    .flatMap((setting) =>
      networks.map((model) => ({
        setting,
        model,
        ...qualityFigures(measured.get(`${setting}/${model}`)!.map(({ quality }) => quality as FrameQuality)),
      })),
    ),
  rates: await rates,
  unseen: (await unseen).flat(),
  retrieval: await retrieval,
  seconds: (performance.now() - began) / 1000,
};
pool.close();
mkdirSync(dirname(json), { recursive: true });
writeFileSync(json, `${JSON.stringify(report, null, 1)}\n`);
console.log(`${json}: ${(report.seconds / 60).toFixed(1)} minutes`);
if (!options['no-results'] && options.split === 'test') writeResults(folder);
