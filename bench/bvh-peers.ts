/**
 * BVH readers side by side: ours and three.js' BVHLoader, on the same files. Speed, of bytes into quaternions at
 * joints, and what each makes of files that readers differ on.
 *
 *   node bench/bvh-peers.ts [--json FILE]
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bvhToClip } from '../motion/formats/bvh-clip.ts';
import { readBvh } from '../motion/formats/bvh-read.ts';
import { writeBvh } from '../motion/formats/bvh-write.ts';
import { solveFk } from '../motion/skeleton/fk.ts';
import { PEER_CASES, type PeerCase } from '../test/bvh-dialects/peer-cases.ts';
import { mocapFolder } from './mocap-folder.ts';
import { parseWithThree, threeLastFrame } from './three-bvh.ts';

/** Small files are read more often: for so long altogether. */
const FEWEST_RUNS = 9;
const SECONDS = 3;
const LONG_FRAMES = 20_000;
/** Files as the source prints them have fewer digits than this tells apart. */
const SAME = 1e-3;
const sample = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-clean.bvh');

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
console.log(`${cpus()[0].model}, Node ${process.version}; best of at least ${FEWEST_RUNS} runs\n`);
const speed = speedFiles().map(({ name, bytes }) => measure(name, bytes));
console.table(speed);
const correctness = PEER_CASES.map((one) => ({
  file: one.what,
  ours: verdict(one, ourLastFrame),
  'three.js': verdict(one, theirLastFrame),
}));
console.table(correctness);
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ speed, correctness }, null, 1)}\n`);

function measure(name: string, bytes: Uint8Array) {
  const [ours, values, theirs] = bestOfEach([
    () => bvhToClip(readBvh(bytes, name), { metresPerUnit: 0.01 }),
    () => readBvh(bytes, name),
    () => parseWithThree(new TextDecoder().decode(bytes)),
  ]);
  const megabytes = bytes.length / 1e6;
  return {
    file: name,
    MB: round(megabytes),
    'ours, ms': round(ours * 1000),
    'ours without quaternions, ms': round(values * 1000),
    'three.js, ms': round(theirs * 1000),
    'three.js / ours': round(theirs / ours),
    'ours, MB/s': round(megabytes / ours),
  };
}

/** The sample, the sample made long, and where they are at hand captured clips, the longest of each folder. */
function speedFiles(): { name: string; bytes: Uint8Array }[] {
  const files = [
    { name: basename(sample), bytes: new Uint8Array(readFileSync(sample)) },
    { name: `the sample over ${LONG_FRAMES} frames`, bytes: longSample(LONG_FRAMES) },
  ];
  const mocap = mocapFolder();
  if (mocap === null) return files;
  for (const group of ['train/cmu-native', 'train/cmu-daz-14', 'test/cmu-daz-02', 'val/cmu-daz-08']) {
    const folder = join(mocap, group);
    if (!existsSync(folder)) continue;
    const [longest] = readdirSync(folder)
      .filter((file) => file.endsWith('.bvh'))
      .sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
    files.push({ name: `${group}/${longest}`, bytes: new Uint8Array(readFileSync(join(folder, longest))) });
  }
  return files;
}

function longSample(frameCount: number): Uint8Array {
  const document = readBvh(new Uint8Array(readFileSync(sample)), sample);
  const { channelCount } = document;
  const motion = Float64Array.from(
    { length: frameCount * channelCount },
    (_, at) => document.motion[at % document.motion.length],
  );
  return writeBvh({ ...document, frameCount, motion });
}

/** Shortest run of each, seconds. They take turns, so that a busy machine is as busy for all. */
function bestOfEach(works: readonly (() => unknown)[]): number[] {
  const shortest = works.map(() => Number.POSITIVE_INFINITY);
  const start = performance.now();
  for (let run = 0; run < FEWEST_RUNS || performance.now() - start < SECONDS * 1000; run++) {
    works.forEach((work, at) => {
      const clock = performance.now();
      work();
      shortest[at] = Math.min(shortest[at], performance.now() - clock);
    });
  }
  return shortest.map((milliseconds) => milliseconds / 1000);
}

interface LastFrame {
  readonly frameCount: number;
  readonly positions: readonly (readonly number[])[];
}

function verdict(one: PeerCase, read: (one: PeerCase) => LastFrame): string {
  let found: LastFrame;
  try {
    found = read(one);
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
  if (found.positions.length !== one.lastFrame.length) {
    return `wrong: ${found.positions.length} joints of ${one.lastFrame.length}`;
  }
  const errors = one.lastFrame.map((point, joint) =>
    Math.hypot(...point.map((value, axis) => value - found.positions[joint][axis])),
  );
  const worst = Math.max(...errors);
  if (!(worst < SAME))
    return `wrong: ${Number.isNaN(worst) ? 'a joint is nowhere' : `a joint is ${round(worst)} cm off`}`;
  return found.frameCount === one.frameCount
    ? 'right'
    : `wrong: ${found.frameCount} frames of ${one.frameCount}`;
}

function ourLastFrame({ text, root }: PeerCase): LastFrame {
  const bytes = new TextEncoder().encode(text);
  const document = readBvh(bytes, 'case.bvh', root === undefined ? {} : { root });
  const { clip } = bvhToClip(document, { metresPerUnit: 1 });
  const { names, isEndSite } = clip.skeleton;
  const positions = new Float64Array(names.length * 3);
  solveFk(clip, clip.frameCount - 1, positions, new Float64Array(names.length * 4));
  const joints = [...names.keys()].filter((node) => !isEndSite[node]);
  return {
    frameCount: clip.frameCount,
    positions: joints.map((node) => [...positions.subarray(node * 3, node * 3 + 3)]),
  };
}

function theirLastFrame({ text }: PeerCase): LastFrame {
  return threeLastFrame(parseWithThree(text));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
