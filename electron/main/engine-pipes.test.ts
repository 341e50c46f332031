import { expect, test, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../contract/host.ts';
import { EngineSupervisor } from '../../native-model/process/engine-supervisor.ts';
import { engineChild, type UtilityChild } from './engine-child.ts';
import { EnginePipes, type WindowEnd } from './engine-pipes.ts';

/** A utility process that records what it is sent and dies on demand. */
class FakeUtility implements UtilityChild<string> {
  readonly sent: (readonly [ToEngine, string[] | undefined])[] = [];
  readonly #message: ((message: FromEngine) => void)[] = [];
  readonly #exit: ((code: number) => void)[] = [];

  postMessage(message: ToEngine, transfer?: string[]): void {
    this.sent.push([message, transfer]);
  }
  on(event: 'message' | 'exit', listener: (value: never) => void): void {
    if (event === 'message') this.#message.push(listener as (message: FromEngine) => void);
    else this.#exit.push(listener as (code: number) => void);
  }
  kill(): boolean {
    this.die(15);
    return true;
  }
  die(code: number): void {
    for (const listener of this.#exit) listener(code);
  }
  say(message: FromEngine): void {
    for (const listener of this.#message) listener(message);
  }
}

function scene() {
  const engines: FakeUtility[] = [];
  const supervisor = new EngineSupervisor(() => {
    const child = new FakeUtility();
    engines.push(child);
    return engineChild(child);
  });
  let channels = 0;
  const pipes = new EnginePipes<string>(supervisor, () => {
    channels++;
    return [`engine port ${channels}`, `window port ${channels}`];
  });
  return { engines, supervisor, pipes };
}

function fakeWindow(id: number): WindowEnd<string> & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    id,
    heard,
    takePort: (pipe, port) => heard.push(`${pipe}: ${port}`),
    engineGone: (pipe) => heard.push(`${pipe}: gone`),
  };
}

test('one port goes to the engine with its pipe, the other to the window', async () => {
  const { engines, supervisor, pipes } = scene();
  supervisor.start();
  const window = fakeWindow(1);
  const connecting = pipes.connect(window);
  expect(window.heard).toEqual([]);
  engines[0].say({ kind: 'ready' });
  expect(await connecting).toBe(1);
  expect(engines[0].sent).toEqual([[{ kind: 'connect', pipe: 1 }, ['engine port 1']]]);
  expect(window.heard).toEqual(['1: window port 1']);
  await supervisor.dispose();
});

test('when the engine dies windows hear it, the next one knows the files and takes new pipes', async () => {
  vi.useFakeTimers();
  const { engines, supervisor, pipes } = scene();
  supervisor.start();
  supervisor.grant('token', '/takes/walk.bvh');
  engines[0].say({ kind: 'ready' });
  const window = fakeWindow(1);
  await pipes.connect(window);
  engines[0].die(139);
  expect(window.heard.at(-1)).toBe('1: gone');

  const connecting = pipes.connect(window);
  await vi.advanceTimersByTimeAsync(1);
  engines[1].say({ kind: 'ready' });
  expect(await connecting).toBe(2);
  expect(engines[1].sent).toEqual([
    [{ kind: 'grant', token: 'token', path: '/takes/walk.bvh' }, undefined],
    [{ kind: 'connect', pipe: 2 }, ['engine port 2']],
  ]);
  engines[1].die(1);
  expect(window.heard.filter((heard) => heard.endsWith('gone'))).toEqual(['1: gone', '2: gone']);
  await supervisor.dispose();
  vi.useRealTimers();
});

test('a window that loads again ends its own pipes and no others', async () => {
  const { engines, supervisor, pipes } = scene();
  supervisor.start();
  engines[0].say({ kind: 'ready' });
  const [first, second] = [fakeWindow(1), fakeWindow(2)];
  await pipes.connect(first);
  await pipes.connect(second);
  pipes.disconnect(1);
  pipes.disconnect(1);
  expect(engines[0].sent.slice(2)).toEqual([[{ kind: 'disconnect', pipe: 1 }, undefined]]);
  engines[0].die(1);
  expect(first.heard).toEqual(['1: window port 1']);
  expect(second.heard.at(-1)).toBe('2: gone');
  await supervisor.dispose();
});

test('a page that is gone before the engine comes gets no pipe', async () => {
  const { engines, supervisor, pipes } = scene();
  supervisor.start();
  const window = fakeWindow(1);
  const connecting = pipes.connect(window);
  pipes.disconnect(1);
  engines[0].say({ kind: 'ready' });
  await expect(connecting).rejects.toThrow('gone');
  expect({ sent: engines[0].sent, heard: window.heard }).toEqual({ sent: [], heard: [] });
  expect(await pipes.connect(window)).toBe(1);
  await supervisor.dispose();
});

test('an engine that never comes fails the call with a sentence', async () => {
  vi.useFakeTimers();
  const { supervisor, pipes } = scene();
  supervisor.start();
  const failure = expect(pipes.connect(fakeWindow(1))).rejects.toThrow('start PoseMend anew');
  await vi.advanceTimersByTimeAsync(20_000);
  await failure;
  await supervisor.dispose();
  vi.useRealTimers();
});
