import { expect, test } from 'vitest';
import { JobQueue } from './job-queue.ts';

/** A job whose end the test decides. */
function openEnded(): {
  job: () => Promise<string>;
  end: (value: string) => void;
  fail: (error: Error) => void;
} {
  let end: (value: string) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<string>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { job: () => promise, end, fail };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('jobs run in the order they came, one at a time, and hear their position', async () => {
  const queue = new JobQueue();
  const order: string[] = [];
  const positions: string[] = [];
  const [first, second, third] = [openEnded(), openEnded(), openEnded()];
  const run = (name: string, { job }: typeof first): Promise<string> =>
    queue.run(
      () => {
        order.push(name);
        return job();
      },
      undefined,
      (ahead) => positions.push(`${name}:${ahead}`),
    );
  const results = [run('first', first), run('second', second), run('third', third)];
  await settled();
  expect(order).toEqual(['first']);
  expect(positions).toEqual(['second:1', 'third:2']);
  first.end('a');
  await settled();
  expect(order).toEqual(['first', 'second']);
  expect(positions).toEqual(['second:1', 'third:2', 'third:1']);
  second.end('b');
  third.end('c');
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
});

test('a job that fails lets the next one start', async () => {
  const queue = new JobQueue();
  const failing = openEnded();
  const first = queue.run(failing.job, undefined, () => {});
  const second = queue.run(
    async () => 'done',
    undefined,
    () => {},
  );
  failing.fail(new Error('no'));
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('done');
});

test('a waiting job that is cancelled never starts, and those behind it move up', async () => {
  const queue = new JobQueue();
  const running = openEnded();
  const cancel = new AbortController();
  let isStarted = false;
  const positions: number[] = [];
  const first = queue.run(running.job, undefined, () => {});
  const second = queue.run(
    async () => {
      isStarted = true;
    },
    cancel.signal,
    () => {},
  );
  const third = queue.run(
    async () => 'third',
    undefined,
    (ahead) => positions.push(ahead),
  );
  cancel.abort();
  await expect(second).rejects.toThrow('cancelled');
  expect(positions).toEqual([2, 1]);
  running.end('x');
  expect(await third).toBe('third');
  expect(isStarted).toBe(false);
  expect(await first).toBe('x');
});
