import { EventEmitter } from 'node:events';
import type { MessageBoxOptions } from 'electron';
import { expect, test } from 'vitest';
import { offerReload } from './crash-offer.ts';

function scene(button: number) {
  const done: string[] = [];
  const asked: MessageBoxOptions[] = [];
  const page = Object.assign(new EventEmitter(), {
    reload: () => done.push('reload'),
    forcefullyCrashRenderer: () => done.push('end the process'),
  });
  const window = Object.assign(new EventEmitter(), {
    webContents: page,
    isDestroyed: () => false,
    destroy: () => done.push('close'),
  });
  offerReload(window, async (options) => {
    asked.push(options);
    return button;
  });
  return { page, window, done, asked };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a page that crashed is loaded again, or its window closed, as the user says', async () => {
  for (const [button, outcome] of [
    [0, 'reload'],
    [1, 'close'],
  ] as const) {
    const { page, done, asked } = scene(button);
    page.emit('render-process-gone', {}, { reason: 'oom' });
    await settled();
    expect(done).toEqual([outcome]);
    expect(asked[0].detail).toContain('oom');
  }
});

test('a page that ended as it should is no crash', async () => {
  const { page, asked } = scene(0);
  page.emit('render-process-gone', {}, { reason: 'clean-exit' });
  await settled();
  expect(asked).toEqual([]);
});

test('a page that hangs is waited for, or ended and loaded again; the question is asked once at a time', async () => {
  const waiting = scene(0);
  waiting.window.emit('unresponsive');
  waiting.window.emit('unresponsive');
  await settled();
  expect([waiting.done, waiting.asked.length]).toEqual([[], 1]);
  const ended = scene(1);
  ended.window.emit('unresponsive');
  await settled();
  expect(ended.done).toEqual(['end the process', 'reload']);
  ended.page.emit('render-process-gone', {}, { reason: 'killed' });
  await settled();
  expect(ended.asked).toHaveLength(1);
  ended.page.emit('render-process-gone', {}, { reason: 'crashed' });
  await settled();
  expect(ended.asked).toHaveLength(2);
});
