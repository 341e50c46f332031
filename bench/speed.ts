/**
 * Speed on this machine. Every figure is a measurement of real work on generated input; nothing is asserted here.
 *
 *   node bench/speed.ts [--json FILE]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Random, seededRandom } from '../assets/samples/random.ts';
import { readBvh } from '../motion/formats/bvh-read.ts';
import { writeBvh } from '../motion/formats/bvh-write.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { planWindows } from '../motion/windows/plan-windows.ts';
import { RETRIEVAL_DIM } from '../motion/windows/retrieval-vector.ts';
import { createSwaa, finishSwaa } from '../motion/windows/swaa.ts';
import { addWindows } from '../motion/windows/swaa-batch.ts';
import { modelNames } from '../native-model/inference/model-card.ts';
import { createLibrary } from '../native-model/pvd/open-library.ts';
import { BODY17_SCHEMA, windowSize } from '../native-model/pvd/store-schema.ts';
import { networkFramesPerSecond, synspInPytorch } from './network-speed.ts';
import { DEFAULT_NETWORK } from './refiners.ts';

/** Dimensions of the surface that made-up retrieval vectors lie on. */
const LATENT = 16;

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'posemend-speed-'));
const sample = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');
const results: { what: string; value: number; unit: string; limit: number }[] = [];

try {
  console.log(`${cpus().length} cores, ${cpus()[0].model}, Node ${process.version}`);
  measureParsing();
  measureSwaa();
  await measureSearch();
  if (modelNames().includes(DEFAULT_NETWORK)) await measureRefine(DEFAULT_NETWORK, 'default settings', 0);
  await measureRefine('synsp++', 'stride 1, PVD on', 30);
  await measureNetworks();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);

/** The sample's motion repeated to a number of frames. */
function repeatSample(frames: number): Uint8Array {
  const document = readBvh(new Uint8Array(readFileSync(sample)), sample);
  const { channelCount } = document;
  const motion = new Float64Array(frames * channelCount);
  for (let frame = 0; frame < frames; frame++) {
    const source = frame % document.frameCount;
    motion.set(
      document.motion.subarray(source * channelCount, (source + 1) * channelCount),
      frame * channelCount,
    );
  }
  return writeBvh({ ...document, frameCount: frames, motion }, motion);
}

function measureParsing(): void {
  const bytes = repeatSample(31_000);
  const seconds = best(5, () => readBvh(bytes, 'long.bvh'));
  const megabytes = bytes.length / 1e6;
  record(
    `parse a BVH of 20 MB (measured on ${megabytes.toFixed(1)} MB)`,
    (seconds * 20) / megabytes,
    's',
    0.6,
  );
}

function measureSwaa(): void {
  const frames = 10_000;
  const channels = BODY17_COUNT * 3;
  const plan = planWindows(frames, { length: 8, stride: 1, spacing: 1 });
  // As the pipeline calls it: the network's output buffer of one batch, used again for the next.
  const batch = 128;
  const windows = new Float32Array(batch * 8 * channels).fill(0.5);
  const seconds = best(15, () => {
    const sums = createSwaa(frames, channels);
    for (let first = 0; first < plan.starts.length; first += batch) {
      addWindows(sums, windows, Math.min(batch, plan.starts.length - first), first, plan);
    }
    finishSwaa(sums);
  });
  record('SWAA of 10 000 frames, T = 8, stride 1', seconds * 1000, 'ms', 5);
}

async function measureSearch(): Promise<void> {
  const random = seededRandom(5);
  const entries = 20_000;
  // Poses lie near a surface of few dimensions: random points of a 16-dimensional one, as hard to tell apart.
  const basis = Float64Array.from({ length: LATENT * RETRIEVAL_DIM }, () => random.gauss());
  const vectors = manifoldVectors(entries, basis, random);
  const store = await createLibrary(join(folder, 'library'));
  const window = new Float32Array(windowSize(BODY17_SCHEMA));
  store.add(
    Array.from({ length: entries }, (_, n) => ({
      clip: `clip ${n % 200}`,
      person: '',
      startFrame: 0,
      endFrame: 7,
      fps: 30,
      tags: [],
      licence: '',
      sourceHash: '',
      vector: vectors.subarray(n * RETRIEVAL_DIM, (n + 1) * RETRIEVAL_DIM),
      window,
    })),
  );
  const queries = 2000;
  const query = manifoldVectors(queries, basis, random).map((value) => value + random.gauss() * 0.03);
  const seconds = best(3, () => store.searchMany(query, queries, 1, { clip: 'clip 3' }));
  record(`PVD query at ${entries} entries (${store.info().search})`, (seconds * 1000) / queries, 'ms', 0.1);
  store.close();
}

function manifoldVectors(count: number, basis: Float64Array, random: Random): Float32Array {
  const out = new Float32Array(count * RETRIEVAL_DIM);
  for (let n = 0; n < count; n++) {
    for (let latent = 0; latent < LATENT; latent++) {
      const amount = (random.gauss() * 0.1) / Math.sqrt(LATENT);
      for (let d = 0; d < RETRIEVAL_DIM; d++) {
        out[n * RETRIEVAL_DIM + d] += amount * basis[latent * RETRIEVAL_DIM + d];
      }
    }
  }
  return out;
}

async function measureRefine(model: string, how: string, limit: number): Promise<void> {
  const frames = 18_000;
  const input = join(folder, 'long.bvh');
  writeFileSync(input, repeatSample(frames));
  const cli = join(import.meta.dirname, '..', 'cli', 'bin', 'posemend.js');
  const clock = performance.now();
  const child = spawn(
    process.execPath,
    [cli, 'refine', input, '-o', join(folder, 'refined.bvh'), '--model', model, '--json', '--force'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let peak = 0;
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMegabytes(child.pid!));
  }, 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`posemend refine ended with ${code}`);
  const seconds = (performance.now() - clock) / 1000;
  if (statSync(join(folder, 'refined.bvh')).size === 0) throw new Error('nothing was written');
  record(`refine ${frames} frames BVH to BVH, ${model}, ${how}`, seconds, 's', limit);
  record(`${model}: its frames per second`, frames / seconds, '1/s', 0);
  for (const [stage, ms] of Object.entries(stageTimes(said))) {
    record(`${model}: stage ${stage}`, ms / 1000, 's', 0);
  }
  if (peak > 0) record(`${model}: its peak memory`, peak, 'MB', 1500);
}

/** Milliseconds by stage, as the report tells them. */
function stageTimes(json: string): Readonly<Record<string, number>> {
  return /"timingsMs":\s*(\{[^}]*\})/.exec(json) === null
    ? {}
    : (JSON.parse(/"timingsMs":\s*(\{[^}]*\})/.exec(json)![1]) as Record<string, number>);
}

async function measureNetworks(): Promise<void> {
  const own = await networkFramesPerSecond();
  if (own !== null) record(`${DEFAULT_NETWORK}: network alone in ONNX Runtime`, own, 'frames/s', 0);
  const other = synspInPytorch();
  if (other !== null) record('SynSP++ at stride 1: network alone in PyTorch', other, 'frames/s', 0);
  if (own !== null && other !== null) record('the first over the second', own / other, '×', 0);
}

/** Linux only; 0 elsewhere. */
function peakMegabytes(pid: number): number {
  try {
    const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+) kB/);
    return line === null ? 0 : Number(line[1]) / 1000;
  } catch {
    return 0;
  }
}

/** Shortest of `runs`, seconds. */
function best(runs: number, work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const clock = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - clock);
  }
  return shortest / 1000;
}

function record(what: string, value: number, unit: string, limit: number): void {
  results.push({ what, value, unit, limit });
  const target = limit > 0 ? ` (target: at most ${limit} ${unit})` : '';
  console.log(`${what}: ${Number(value.toPrecision(3))} ${unit}${target}`);
}
