import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, temporaryFolder } from '../../test/run-command.ts';
import { positionsNpy, sampleBvh, samplePositions } from '../../test/sample-files.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const FRAMES = 6;
/** Layout, unit and axis said, so that a changed copy is read as the original is. */
const KNOWN = ['--layout', 'h36m17', '--unit', 'm', '--up', 'y', '--json'];

async function measure(change: (values: Float32Array) => void) {
  const truth = samplePositions(FRAMES);
  const pred = truth.slice();
  change(pred);
  writeFileSync(join(folder.path, 'truth.npy'), positionsNpy(truth, 17, 3));
  writeFileSync(join(folder.path, 'pred.npy'), positionsNpy(pred, 17, 3));
  const found = await runCommand(['evaluate', 'pred.npy', 'truth.npy', ...KNOWN], { cwd: folder.path });
  expect(found.code).toBe(0);
  return JSON.parse(found.stdout);
}

test('a clip 0.5 m to the side is 500 mm away in the world and nowhere relative to its root', async () => {
  const found = await measure((values) => {
    for (let at = 0; at < values.length; at += 3) values[at] += 0.5;
  });
  expect(found.frames).toBe(FRAMES);
  expect(found.mpjpeMm.global).toBeCloseTo(500, 3);
  expect(found.mpjpeMm.rootRelative).toBeCloseTo(0, 3);
  expect(found.paMpjpeMm).toBeCloseTo(0, 3);
  expect(found.accelMmPerFrame2.global).toBeCloseTo(0, 3);
});

test('one wrist 170 mm off in every frame is 10 mm off on average over 17 joints', async () => {
  const found = await measure((values) => {
    for (let frame = 0; frame < FRAMES; frame++) values[(frame * 17 + 16) * 3 + 1] += 0.17;
  });
  expect(found.mpjpeMm.global).toBeCloseTo(10, 3);
  expect(found.mpjpeMm.rootRelative).toBeCloseTo(10, 3);
});

test('one frame of six that jumps by 30 mm has second differences of 30, -60 and 30 mm in four', async () => {
  const found = await measure((values) => {
    for (let at = 2 * 17 * 3; at < 3 * 17 * 3; at += 3) values[at] += 0.03;
  });
  expect(found.accelMmPerFrame2.global).toBeCloseTo((30 + 60 + 30) / 4, 3);
  expect(found.accelMmPerFrame2.rootRelative).toBeCloseTo(0, 3);
});

test('what is said of the positions does not touch the BVH: a clip converted is the clip but for rounding', async () => {
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(FRAMES));
  await runCommand(['convert', 'a.bvh', '-o', 'a.npy'], { cwd: folder.path });
  const { stdout } = await runCommand(['evaluate', 'a.npy', 'a.bvh', ...KNOWN], { cwd: folder.path });
  // float32 positions of a few metres: half a micrometre.
  expect(JSON.parse(stdout).mpjpeMm.global).toBeLessThan(0.001);
});

test('a missing joint is an error, not a smaller mean', async () => {
  const pred = samplePositions(FRAMES);
  pred.fill(Number.NaN, (2 * 17 + 10) * 3, (2 * 17 + 11) * 3);
  writeFileSync(join(folder.path, 'truth.npy'), positionsNpy(samplePositions(FRAMES), 17, 3));
  writeFileSync(join(folder.path, 'pred.npy'), positionsNpy(pred, 17, 3));
  const found = await runCommand(['evaluate', 'pred.npy', 'truth.npy', ...KNOWN], { cwd: folder.path });
  expect(found).toMatchObject({ code: 3, stdout: '' });
  expect(found.stderr).toContain('pred.npy:frame 2: the head is missing');
});

test('the table names what is relative to the root and what is not', async () => {
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(FRAMES));
  const { stdout } = await runCommand(['evaluate', 'a.bvh', 'a.bvh'], { cwd: folder.path });
  expect(stdout).toMatch(
    /root-relative +global\n +MPJPE +0\.00 +0\.00 +mm\n +PA-MPJPE +0\.00 +- +mm\n +Accel +0\.00 +0\.00/,
  );
});

test('frames in which nobody was seen are left out and counted, and the rest is a clip in parts', async () => {
  const wham = join(import.meta.dirname, '../../fixtures/smpl/wham-output.pkl');
  const { stdout, code } = await runCommand(['evaluate', wham, wham, '--json'], { cwd: folder.path });
  expect(code).toBe(0);
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ frames: 5, mpjpeMm: { global: 0 }, accelMmPerFrame2: { global: 0 } });
  expect(found.notices.join(' ')).toContain('1 frame left out');
});
