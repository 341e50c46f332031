import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EngineContract } from '../../contract/api.ts';
import type { RefineChoices } from '../../contract/takes.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import { assetsFolder } from '../inference/assets-folder.ts';
import type { EngineChild } from './engine-supervisor.ts';
import { forkEngine } from './fork-engine.ts';
import { PipePort } from './pipe-port.ts';

const SAMPLE = join(assetsFolder(), 'samples', 'performance-noisy.bvh');
const REFINE: RefineChoices = {
  model: 'synsp++',
  strength: 1,
  featherFrames: 0,
  useLibrary: false,
  tags: [],
  device: 'cpu',
};

let folder: ReturnType<typeof temporaryFolder>;
let engine: EngineChild;
const ends: string[] = [];
const ports = new Map<number, PipePort>();

beforeAll(async () => {
  folder = temporaryFolder();
  engine = forkEngine(folder.path);
  engine.onExit((reason) => ends.push(reason));
  await new Promise<void>((resolve) => {
    engine.onMessage((message) => {
      if (message.kind === 'ready') resolve();
      else ports.get(message.pipe)?.receive(message.data);
    });
  });
  engine.send({ kind: 'grant', token: 'sample', path: SAMPLE });
});
afterAll(() => {
  engine.kill();
  folder.remove();
});

/** The calls of a window at the end of a pipe. */
function connect(pipe: number): ContractRouterClient<EngineContract> {
  const port = new PipePort((data) => engine.send({ kind: 'data', pipe, data }));
  ports.set(pipe, port);
  engine.send({ kind: 'connect', pipe });
  return createORPCClient(new RPCLink({ port }));
}

test('messages that are no calls cost nobody the engine', async () => {
  connect(1);
  const bare = { i: '1', t: 1 };
  const texts = [
    'no json',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...bare, p: { u: 5 } }),
    JSON.stringify(bare),
  ];
  for (const data of [...texts, new Uint8Array([1, 2, 3]), new Uint8Array([255])]) {
    engine.send({ kind: 'data', pipe: 1, data });
  }
  engine.send({ kind: 'data', pipe: 99, data: 'a pipe nobody opened' });
  engine.send({ kind: 'disconnect', pipe: 98 });
  const about = await connect(2).about();
  expect(about.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(ends).toEqual([]);
});

test('a window that goes in the middle of a refine ends it, leaves nothing and holds nobody up', async () => {
  const [leaving, staying] = [connect(3), connect(4)];
  const { id } = await leaving.clips.open({ file: 'sample', choices: {} });
  const events = await leaving.takes.refine({ clip: id, choices: REFINE });
  for await (const event of events) if (event.kind === 'progress') break;
  // Breaking off ends the job by itself; one that is still read has to end with its window.
  const read = (async () => {
    for await (const event of await leaving.takes.refine({ clip: id, choices: REFINE })) {
      if (event.kind === 'progress') engine.send({ kind: 'disconnect', pipe: 3 });
      expect(event.kind).not.toBe('done');
    }
  })();
  const other = await staying.clips.open({ file: 'sample', choices: {} });
  const kinds: string[] = [];
  for await (const { kind } of await staying.takes.refine({
    clip: other.id,
    choices: { ...REFINE, model: 'median' },
  })) {
    kinds.push(kind);
  }
  expect(kinds.at(-1)).toBe('done');
  await vi.waitFor(() => expect(readdirSync(join(folder.path, 'takes'))).toHaveLength(1));
  ports.get(3)?.disconnect();
  await expect(read).rejects.toThrow();
});
