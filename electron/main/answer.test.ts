import { expect, test } from 'vitest';
import { PoseMendError } from '../../contract/errors.ts';
import { answerHostCalls, type CallEvent, type HostCallHandlers } from './answer.ts';
import { HOST_CALL_PARSERS } from './host-call-parsers.ts';

const OURS = 7;
const fromUs: CallEvent = {
  sender: { id: OURS },
  senderFrame: { url: 'posemend://app/index.html', parent: null },
};

/** All calls, answered; the handlers record what reaches them. */
function receiver(handlers: Partial<HostCallHandlers> = {}) {
  const listeners = new Map<string, (event: CallEvent, ...parameters: unknown[]) => Promise<unknown>>();
  const reached: unknown[] = [];
  const logged: string[] = [];
  const record =
    (channel: string) =>
    (...parameters: unknown[]): never => {
      reached.push([channel, ...parameters]);
      return undefined as never;
    };
  const all = Object.fromEntries(
    Object.keys(HOST_CALL_PARSERS).map((channel) => [channel, record(channel)]),
  ) as unknown as HostCallHandlers;
  answerHostCalls(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    (id) => id === OURS,
    HOST_CALL_PARSERS,
    { ...all, ...handlers },
    (channel) => logged.push(channel),
  );
  const call = (channel: string, event: CallEvent, ...parameters: unknown[]) =>
    listeners.get(channel)?.(event, ...parameters);
  return { call, reached, logged };
}

test('a call of our page reaches its handler with what it said', async () => {
  const { call, reached } = receiver();
  expect(await call('save:reveal', fromUs, 'a1')).toEqual({ ok: true, value: undefined });
  expect(reached).toEqual([['save:reveal', 'a1']]);
});

test('a frame in the page, a page elsewhere, another window and a frame that is gone are refused', async () => {
  const { call, reached } = receiver();
  const strangers: CallEvent[] = [
    { ...fromUs, senderFrame: { url: 'posemend://app/index.html', parent: {} } },
    { ...fromUs, senderFrame: { url: 'https://app/index.html', parent: null } },
    { ...fromUs, senderFrame: { url: 'posemend://report/1', parent: null } },
    { ...fromUs, senderFrame: { url: 'posemend://app.example.com/', parent: null } },
    { ...fromUs, senderFrame: { url: 'about:blank', parent: null } },
    { ...fromUs, senderFrame: null },
    { ...fromUs, sender: { id: OURS + 1 } },
  ];
  for (const stranger of strangers) {
    expect(await call('files:pick', stranger)).toMatchObject({ ok: false });
  }
  expect(reached).toEqual([]);
});

test('arguments that are not what a call takes never reach its handler', async () => {
  const { call, reached } = receiver();
  const bytes = new ArrayBuffer(1);
  const wrong: [string, ...unknown[]][] = [
    ['files:pick', 'extra'],
    ['files:dropped', '/walk.bvh'],
    ['files:dropped', [1]],
    ['files:dropped', Array.from({ length: 200_001 }, () => '/walk.bvh')],
    ['recent:open'],
    ['recent:open', { id: 'a' }],
    ['save:files', []],
    ['save:files', [{ name: 'walk.bvh', bytes: 'text' }]],
    ['save:files', [{ name: '', bytes }]],
    // What the program never writes: a user who trusts the dialog would start it later.
    ['save:files', [{ name: 'walk.bvh.desktop', bytes }]],
    ['save:files', [{ name: 'setup.exe', bytes }]],
    ['save:files', [{ name: 'walk.bvh\n', bytes }]],
    // A script goes out beside the clip it imports, never alone.
    ['save:files', [{ name: 'import.py', bytes }]],
    ['save:files', [{ name: 'walk.bvh', bytes, path: '/etc/passwd' }]],
    ['save:reveal', '/etc/passwd'.repeat(20)],
    ['page:show', 'title', 1],
  ];
  for (const [channel, ...parameters] of wrong) {
    expect([channel, await call(channel, fromUs, ...parameters)]).toMatchObject([channel, { ok: false }]);
  }
  expect(reached).toEqual([]);
});

test('a clip may be saved with the script that imports it', async () => {
  const { call, reached } = receiver();
  const files = ['walk.fbx', 'WalkImport.cs'].map((name) => ({ name, bytes: new ArrayBuffer(1) }));
  await call('save:files', fromUs, files);
  expect(reached).toEqual([['save:files', files]]);
});

test('a failure for the user arrives as its sentence; of any other the page learns nothing', async () => {
  const { call, logged } = receiver({
    'recent:list': () => {
      throw new Error('EACCES: /home/someone/secret');
    },
    'recent:open': () => {
      throw new PoseMendError('input', 'walk.bvh is gone.');
    },
  });
  expect(await call('recent:open', fromUs, 'a')).toEqual({ ok: false, message: 'walk.bvh is gone.' });
  expect(JSON.stringify(await call('recent:list', fromUs))).not.toContain('/home');
  expect(logged).toEqual(['recent:list']);
});
