import { afterEach, expect, test, vi } from 'vitest';
import { createGiveWay } from './give-way.ts';

afterEach(() => vi.restoreAllMocks());

/** A clock that stands at the given milliseconds, one after the other, and then at the last. */
function clockOf(...times: number[]): void {
  vi.spyOn(performance, 'now').mockImplementation(() => (times.length > 1 ? times.shift()! : times[0]));
}

test('other work runs once a job has been busy for a while, and not before', async () => {
  clockOf(0, 10, 40);
  const order: string[] = [];
  const giveWay = createGiveWay(undefined, () => order.push('told'));
  setImmediate(() => order.push('other'));
  await giveWay();
  order.push('at 10 ms');
  await giveWay();
  order.push('at 40 ms');
  expect(order).toEqual(['at 10 ms', 'told', 'other', 'at 40 ms']);
});

test('a cancel that came in the pause is heard right after it', async () => {
  clockOf(0, 100);
  const controller = new AbortController();
  const giveWay = createGiveWay(controller.signal);
  setImmediate(() => controller.abort());
  await expect(giveWay()).rejects.toMatchObject({
    code: 'cancelled',
    message: 'the refine was cancelled',
  });
});
