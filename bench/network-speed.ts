import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { modelNames } from '../native-model/inference/model-card.ts';
import { createGiveWay } from '../native-model/refine/give-way.ts';
import { createChunks } from '../native-model/refine/sequence-chunks.ts';
import { DEFAULT_NETWORK, Refiners } from './refiners.ts';

const BATCH = 8;
const WARM_UP = 3;
const SECONDS = 10;

/** Frames a second through the default network alone, at its own stride; null if it is not installed. */
export async function networkFramesPerSecond(): Promise<number | null> {
  if (!modelNames().includes(DEFAULT_NETWORK)) {
    console.log(`'${DEFAULT_NETWORK}' is not installed: its speed is not measured`);
    return null;
  }
  const refiners = new Refiners();
  const session = await refiners.session(DEFAULT_NETWORK);
  const { windowLength, stride } = session.model.card;
  const chunks = createChunks(BATCH, windowLength, new Float32Array(BODY17_COUNT - 1).fill(0.3), [1, 1]);
  chunks.window.forEach((_, at) => {
    chunks.window[at] = Math.sin(at);
  });
  chunks.valid.fill(1);
  const giveWay = createGiveWay(undefined);
  for (let run = 0; run < WARM_UP; run++) await session.run(chunks.feeds(BATCH));
  const began = performance.now();
  let passes = 0;
  while (performance.now() - began < SECONDS * 1000) {
    await session.run(chunks.feeds(BATCH));
    await giveWay();
    passes++;
  }
  const seconds = (performance.now() - began) / 1000;
  await refiners.close();
  return (passes * BATCH * stride) / seconds;
}

/** Frames a second of SynSP++ at stride 1 in PyTorch on two threads; null where there is no PyTorch. */
export function synspInPytorch(): number | null {
  const python = process.env.PYTHON ?? 'python3';
  const script = join(import.meta.dirname, 'synsp_pytorch_speed.py');
  const { status, stdout, stderr, error } = spawnSync(python, [script], { encoding: 'utf8' });
  if (status === 0) return Number(stdout);
  console.log(`SynSP++ in PyTorch is not measured: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return null;
}
