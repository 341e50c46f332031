import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FromEngine, ToEngine } from '../../contract/host.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import type { EngineChild } from './engine-supervisor.ts';
import { engineEntry, forkEngine } from './fork-engine.ts';

let folder: ReturnType<typeof temporaryFolder>;
let child: EngineChild | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  child?.kill();
  child = undefined;
  folder.remove();
});

function forkScript(script: string): EngineChild {
  const entry = join(folder.path, 'entry.mjs');
  writeFileSync(entry, script);
  child = forkEngine('/some/workspace', entry);
  return child;
}

const exitOf = (engine: EngineChild) => new Promise<string>((resolve) => engine.onExit(resolve));
const nextOf = (engine: EngineChild) => new Promise<FromEngine>((resolve) => engine.onMessage(resolve));

test('the entry is the one beside this file, of the same kind', () => {
  expect(engineEntry()).toMatch(/engine-process\.ts$/);
  expect(existsSync(engineEntry())).toBe(true);
});

test('the engine is told its workspace and hears bytes as bytes, of a view only what it shows', async () => {
  const engine = forkScript(`
    process.on('message', ({ pipe, data }) =>
      process.send({ kind: 'data', pipe, data: process.env.POSEMEND_WORKSPACE + ' ' + [...data] + ' ' + (data instanceof Uint8Array) }));
  `);
  const heard = nextOf(engine);
  const message: ToEngine = {
    kind: 'data',
    pipe: 3,
    data: new Uint8Array([9, 1, 2, 9]).subarray(1, 3),
  };
  engine.send(message);
  expect(await heard).toEqual({ kind: 'data', pipe: 3, data: '/some/workspace 1,2 true' });
});

test('an end is told with its reason, once, also to who asks late', async () => {
  const ended = forkScript('process.exit(7);');
  const reasons: string[] = [];
  ended.onExit((reason) => reasons.push(reason));
  await exitOf(ended);
  expect(await exitOf(ended)).toBe('it ended with exit code 7');
  expect(reasons).toEqual(['it ended with exit code 7']);
});

test.skipIf(process.platform === 'win32')('a crash and a kill are told apart', async () => {
  expect(await exitOf(forkScript("process.kill(process.pid, 'SIGSEGV');"))).toBe('it crashed (SIGSEGV)');
  const engine = forkScript('setInterval(() => {}, 1000);');
  engine.kill();
  expect(await exitOf(engine)).toContain('SIGKILL');
});

test.skipIf(process.platform === 'win32')('a Ctrl+C in the terminal does not reach the engine', async () => {
  const engine = forkScript(
    "process.send({ kind: 'data', pipe: 1, data: String(process.pid) }); setInterval(() => {}, 1000);",
  );
  const { data } = (await nextOf(engine)) as { data: string };
  // Signal 0 only asks: the group of that number exists if the engine leads one.
  expect(() => process.kill(-Number(data), 0)).not.toThrow();
});

test('sending to an engine that has gone is no error', async () => {
  const engine = forkScript('process.exit(0);');
  await exitOf(engine);
  engine.send({ kind: 'connect', pipe: 1 });
});
