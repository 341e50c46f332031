import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../contract/host.ts';
import { type EngineChild, type EngineExit, EngineSupervisor } from './engine-supervisor.ts';

/** An engine that does what the test says. */
class FakeChild implements EngineChild {
  readonly sent: ToEngine[] = [];
  #tell: (message: FromEngine) => void = () => {};
  readonly #exit: ((reason: string) => void)[] = [];
  send(message: ToEngine): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.#tell = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.#exit.push(listener);
  }
  kill(): void {
    this.die('killed');
  }
  say(message: FromEngine): void {
    this.#tell(message);
  }
  die(reason: string): void {
    for (const listener of this.#exit) listener(reason);
  }
}

let children: FakeChild[];
let supervisor: EngineSupervisor;
let exits: EngineExit[];
beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  exits = [];
  supervisor = new EngineSupervisor(() => {
    children.push(new FakeChild());
    return children.at(-1)!;
  });
  supervisor.onExit((exit) => exits.push(exit));
});
afterEach(async () => {
  await supervisor.dispose();
  vi.useRealTimers();
});

const ready = () => children.at(-1)!.say({ kind: 'ready' });
const die = (reason = 'it crashed') => children.at(-1)!.die(reason);

test('each engine is told all grants before it is announced as ready', () => {
  supervisor.grant('t1', '/one.bvh');
  const told: number[] = [];
  supervisor.onReady(() => told.push(children.at(-1)!.sent.length));
  supervisor.start();
  expect(children[0].sent).toEqual([]);
  ready();
  supervisor.grant('t2', '/two.bvh');
  die();
  vi.advanceTimersByTime(0);
  ready();
  const one: ToEngine = { kind: 'grant', token: 't1', path: '/one.bvh' };
  const two: ToEngine = { kind: 'grant', token: 't2', path: '/two.bvh' };
  expect(children.map(({ sent }) => sent)).toEqual([
    [one, two],
    [one, two],
  ]);
  expect(told).toEqual([1, 2]);
});

test('it starts anew at once, then after half a second, two and four, and gives up at the fifth death', async () => {
  supervisor.start();
  for (const delay of [0, 500, 2000, 4000]) {
    const before = children.length;
    die();
    if (delay > 0) vi.advanceTimersByTime(delay - 1);
    if (delay > 0) expect(children.length).toBe(before);
    vi.advanceTimersByTime(1);
    expect(children.length).toBe(before + 1);
  }
  die('it crashed (SIGSEGV)');
  vi.advanceTimersByTime(59_000);
  expect(children.length).toBe(5);
  expect(exits.map(({ willRestart }) => willRestart)).toEqual([true, true, true, true, false]);
  expect(supervisor.problem).toContain('it crashed (SIGSEGV)');
  await expect(supervisor.whenReady(1000)).rejects.toThrow('5 times within a minute');
});

test('who waits is told at once when starting is given up', async () => {
  supervisor.start();
  const told = expect(supervisor.whenReady(20_000)).rejects.toThrow('5 times within a minute');
  for (const delay of [0, 500, 2000, 4000]) {
    die();
    vi.advanceTimersByTime(delay);
  }
  die();
  vi.useRealTimers();
  await told;
});

test('after a quiet minute somebody who asks for the engine gets another start', async () => {
  supervisor.start();
  for (let death = 0; death < 5; death++) {
    die();
    vi.advanceTimersByTime(4000);
  }
  expect(supervisor.problem).not.toBeNull();
  vi.advanceTimersByTime(60_001);
  const isReady = supervisor.whenReady(1000);
  expect(children.length).toBe(6);
  ready();
  await isReady;
  expect(supervisor.problem).toBeNull();
});

test('deaths far apart never add up', () => {
  supervisor.start();
  for (let death = 0; death < 12; death++) {
    ready();
    die();
    vi.advanceTimersByTime(61_000);
  }
  expect(children.length).toBe(13);
  expect(exits.every(({ willRestart }) => willRestart)).toBe(true);
});

test('nothing is sent while no engine is ready', () => {
  supervisor.start();
  expect(supervisor.send({ kind: 'connect', pipe: 1 })).toBe(false);
  ready();
  expect(supervisor.send({ kind: 'connect', pipe: 2 })).toBe(true);
  die();
  expect(supervisor.send({ kind: 'connect', pipe: 3 })).toBe(false);
  expect(children[0].sent).toEqual([{ kind: 'connect', pipe: 2 }]);
});

test('what a dead engine still says is not heard', () => {
  const heard: FromEngine[] = [];
  supervisor.onMessage((message) => heard.push(message));
  supervisor.start();
  ready();
  children[0].say({ kind: 'data', pipe: 1, data: 'alive' });
  die();
  children[0].say({ kind: 'data', pipe: 1, data: 'late' });
  children[0].say({ kind: 'ready' });
  expect(heard).toEqual([{ kind: 'data', pipe: 1, data: 'alive' }]);
  expect(supervisor.isReady).toBe(false);
});

test('waiting ends when the engine is ready, after the time given, and when all is over', async () => {
  supervisor.start();
  const late = expect(supervisor.whenReady(20_000)).rejects.toThrow('did not start in time');
  vi.advanceTimersByTime(20_000);
  await late;
  die();
  const soon = supervisor.whenReady(20_000);
  vi.advanceTimersByTime(0);
  ready();
  await soon;
  die();
  const never = expect(supervisor.whenReady(20_000)).rejects.toThrow('closing');
  await supervisor.dispose();
  await never;
});

test('an engine that cannot even be spawned counts as dead', () => {
  const hopeless = new EngineSupervisor(() => {
    throw new Error('no such program');
  });
  hopeless.start();
  vi.advanceTimersByTime(30_000);
  expect(hopeless.problem).toContain('no such program');
});

test('disposing kills the engine, tells nobody, and starts none again', async () => {
  supervisor.start();
  ready();
  await supervisor.dispose();
  vi.advanceTimersByTime(60_000);
  expect(exits).toEqual([]);
  expect(children.length).toBe(1);
  supervisor.start();
  expect(children.length).toBe(1);
});

test('disposing does not wait for ever for an engine that will not end', async () => {
  supervisor.start();
  children[0].kill = () => {};
  const disposed = supervisor.dispose();
  vi.advanceTimersByTime(2000);
  await disposed;
});
