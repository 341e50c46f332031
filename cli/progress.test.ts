import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';

async function shown(isTTY: boolean, isQuiet: boolean, title = 'walk.bvh'): Promise<string> {
  let text = '';
  const stderr = { write: (part: string) => (text += part), isTTY, on: () => {}, columns: 120 };
  const io: Io = { stdout: stderr, stderr, cwd: '/', env: {}, signal: new AbortController().signal };
  const progress = await startProgress(io, title, isQuiet);
  progress.onProgress({ done: 5, total: 10, stage: 'windows' });
  progress.stop();
  progress.stop();
  progress.onProgress({ done: 6, total: 10, stage: 'windows' });
  return text;
}

test('a person sees what is worked on and how far it is', async () => {
  const text = await shown(true, false);
  expect(text).toContain('walk.bvh');
  expect(text).toContain('left');
});

test('a pipe sees nothing, nor does anyone who asked for quiet', async () => {
  expect(await shown(false, false)).toBe('');
  expect(await shown(true, true)).toBe('');
});

test('a long path is cut at its beginning, and braces in it are no placeholders', async () => {
  const text = await shown(true, false, `${'deep/'.repeat(20)}{bar}.bvh`);
  expect(text).toMatch(/…[^\n]*deep\/\{bar\}\.bvh /);
});
