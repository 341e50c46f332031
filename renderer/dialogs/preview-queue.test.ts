import { expect, test } from 'vitest';
import type { OpenChoices } from '../../contract/clips.ts';
import { PreviewQueue } from './preview-queue.ts';

interface Call {
  readonly choices: OpenChoices;
  readonly signal: AbortSignal;
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

function queueAndCalls(): { readonly queue: PreviewQueue<string>; readonly calls: Call[] } {
  const calls: Call[] = [];
  const queue = new PreviewQueue<string>(
    (choices, signal) => new Promise((resolve, reject) => calls.push({ choices, signal, resolve, reject })),
  );
  return { queue, calls };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const [A, B, C] = [{ fps: 1 }, { fps: 2 }, { fps: 3 }];

test('previews load one after the other, in the order of want', async () => {
  const { queue, calls } = queueAndCalls();
  queue.want([A, B]);
  expect(calls.map(({ choices }) => choices)).toEqual([A]);
  calls[0].resolve('a');
  await settled();
  expect(calls.map(({ choices }) => choices)).toEqual([A, B]);
  expect(queue.state(A)).toEqual({ kind: 'ready', preview: 'a' });
  expect(queue.state(B)).toEqual({ kind: 'waiting' });
});

test('what is no longer wanted is given up, and its late answer is not taken', async () => {
  const { queue, calls } = queueAndCalls();
  queue.want([A]);
  queue.want([B]);
  expect(calls[0].signal.aborted).toBe(true);
  calls[0].resolve('late');
  await settled();
  expect(queue.state(A)).toEqual({ kind: 'waiting' });
  expect(calls.map(({ choices }) => choices)).toEqual([A, B]);
});

test('the most urgent preview does not wait for one that is wanted too', () => {
  const { queue, calls } = queueAndCalls();
  queue.want([A, B]);
  queue.want([C, A]);
  expect(calls[0].signal.aborted).toBe(true);
  expect(calls.at(-1)!.choices).toEqual(C);
});

test('what has arrived is not loaded again', async () => {
  const { queue, calls } = queueAndCalls();
  queue.want([A]);
  calls[0].resolve('a');
  await settled();
  queue.want([B]);
  queue.want([A]);
  expect(calls).toHaveLength(2);
  expect(queue.state({ ...A })).toEqual({ kind: 'ready', preview: 'a' });
});

test('a failure belongs to its choices, and the others still load', async () => {
  const { queue, calls } = queueAndCalls();
  let told = 0;
  queue.subscribe(() => told++);
  queue.want([A, B]);
  const error = new Error('rows are too short');
  calls[0].reject(error);
  await settled();
  expect(queue.state(A)).toEqual({ kind: 'failed', error });
  expect(calls.at(-1)!.choices).toEqual(B);
  expect([told, queue.version()]).toEqual([1, 1]);
});

test('what failed is loaded again on request, what arrived is kept', async () => {
  const { queue, calls } = queueAndCalls();
  queue.want([A, B]);
  calls[0].reject(new Error('the engine is being started again'));
  await settled();
  calls[1].resolve('b');
  await settled();
  queue.retry();
  expect(calls.map(({ choices }) => choices)).toEqual([A, B, A]);
  calls[2].resolve('a');
  await settled();
  expect(queue.state(A)).toEqual({ kind: 'ready', preview: 'a' });
});
