import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, snapshot, temporaryFolder } from '../../test/run-command.ts';
import { sampleBvh, sampleNpy } from '../../test/sample-files.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(30));
  writeFileSync(join(folder.path, 'b.npy'), sampleNpy(30));
});
afterEach(() => folder.remove());

const run = (...argv: string[]) => runCommand(argv, { cwd: folder.path });
const gaussian = (...argv: string[]) => run('refine', ...argv, '--model', 'gaussian');
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8');

test('a refine writes the clip and its reports, and tells what it changed', async () => {
  const before = snapshot(folder.path);
  const { code, stdout, stderr } = await gaussian(
    'a.bvh',
    '-o',
    'x/a.bvh',
    '--report',
    'r.json',
    '--report',
    'r.html',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const words of [
    'x/a.bvh',
    '30 at 30 per second, all changed',
    'gaussian 1 on cpu',
    'mm/frame²',
    'r.html',
  ]) {
    expect(stdout).toContain(words);
  }
  expect(read('x/a.bvh')).toMatch(/^HIERARCHY/);
  expect(JSON.parse(read('r.json'))).toMatchObject({ frames: 30, fps: 30, model: 'gaussian' });
  expect(read('r.html')).toMatch(/^<!doctype html>/);
  expect(snapshot(folder.path)).toMatchObject(before);
});

test('--json prints the report and the files, and nothing else', async () => {
  const { code, stdout, stderr } = await gaussian('a.bvh', '-o', 'out.bvh', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = JSON.parse(stdout);
  expect(report.pqe).toHaveLength(30);
  expect(report.summary.accelAfterMmPerFrame2).toBeLessThan(report.summary.accelBeforeMmPerFrame2);
  expect(report.output).toBe(join(folder.path, 'out.bvh'));
});

test('--json of several clips is a list in which a failed one has an error', async () => {
  writeFileSync(join(folder.path, 'c.bvh'), 'nonsense');
  const { code, stdout } = await gaussian('.', '-o', 'out', '--json');
  expect(code).toBe(3);
  const list: { input: string; frames?: number; error?: string }[] = JSON.parse(stdout);
  expect(list.map(({ frames, error }) => frames ?? error?.includes('c.bvh:'))).toEqual([30, 30, true]);
});

test('a failed clip prints no JSON', async () => {
  expect(await gaussian('gone.bvh', '-o', 'out.bvh', '--json')).toMatchObject({ code: 3, stdout: '' });
});

test('--quiet prints nothing when all is well', async () => {
  expect(await gaussian('a.bvh', '-o', 'out.bvh', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('strength 0 gives every number of the clip back', async () => {
  expect((await gaussian('a.bvh', '-o', 'out.bvh', '--strength', '0')).stdout).toContain('0 changed');
  expect(motionOf('out.bvh')).toEqual(motionOf('a.bvh'));
});

test('a range changes its frames, both ends included, and no other', async () => {
  const { stdout } = await gaussian('a.bvh', '-o', 'out.bvh', '--range', '10:19');
  expect(stdout).toContain('10 changed');
  const [before, after] = [motionOf('a.bvh'), motionOf('out.bvh')];
  const changed = before.flatMap((row, frame) => (String(row) === String(after[frame]) ? [] : [frame]));
  expect(changed).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test('an open range reaches the end of the clip', async () => {
  expect((await gaussian('a.bvh', '-o', 'out.bvh', '--range', '25:')).stdout).toContain('5 changed');
});

test('--foot-lock holds feet in place, and the report names the mode and the contacts', async () => {
  writeFileSync(join(folder.path, 'long.bvh'), sampleBvh(120));
  const slides: number[] = [];
  for (const mode of ['off', 'auto', 'strong']) {
    const { code, stdout } = await gaussian('long.bvh', '-o', `${mode}.bvh`, '--foot-lock', mode, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.parameters.footLock).toBe(mode);
    expect(report.footContacts.some(({ locked }: { locked: boolean }) => locked)).toBe(mode !== 'off');
    slides.push(report.summary.footSlideAfterMmPerFrame);
  }
  expect(slides[1]).toBeLessThan(slides[0] / 2);
  expect(motionOf('auto.bvh')).not.toEqual(motionOf('off.bvh'));
});

test('the suffix of OUT decides the format', async () => {
  expect((await gaussian('a.bvh', '-o', 'out.npy')).code).toBe(0);
  expect((await gaussian('b.npy', '-o', 'out.bvh')).code).toBe(0);
  expect(read('out.npy').slice(1, 6)).toBe('NUMPY');
  expect(read('out.bvh')).toMatch(/^HIERARCHY/);
});

test('--force replaces a result, and the result is the same', async () => {
  await gaussian('a.bvh', '-o', 'out.bvh');
  const first = read('out.bvh');
  expect((await gaussian('a.bvh', '-o', 'out.bvh')).code).toBe(2);
  expect((await gaussian('a.bvh', '-o', 'out.bvh', '--force')).code).toBe(0);
  expect(read('out.bvh')).toBe(first);
});

test('an interrupt between two clips keeps the first and writes no more', async () => {
  const controller = new AbortController();
  const { code, stderr } = await runCommand(['refine', '.', '-o', 'out', '--model', 'gaussian'], {
    cwd: folder.path,
    signal: controller.signal,
    onStdout: () => controller.abort(),
  });
  expect(code).toBe(130);
  expect(stderr).toBe('1 done, 0 failed, 1 not done\nposemend: interrupted\n');
  expect(Object.keys(snapshot(join(folder.path, 'out')))).toEqual(['a.bvh']);
});

/** Motion rows of a BVH file as numbers. */
function motionOf(name: string): number[][] {
  const lines = read(name).trim().split('\n');
  const first = lines.findIndex((line) => line.startsWith('Frame Time:')) + 1;
  return lines.slice(first).map((line) => line.trim().split(/\s+/).map(Number));
}
