import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accelMagnitudeMmPerFrame2 } from '../motion/metrics/accel-error.ts';
import { openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';

const SAMPLE = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');

test('open the sample, refine it, go to the worst frames, compare, look at a reference, export', async ({
  app,
}) => {
  await app.openSample();
  await expect(app.timeline.spans).toHaveCount(0);
  await app.refine();

  // The program itself says where to look, and the playhead goes there.
  await expect(app.timeline.spans.first()).toBeVisible();
  await app.focusWindow();
  await app.press('Home');
  expect(await app.frame()).toBe(0);
  await app.timeline.spans.first().click();
  await expect.poll(() => app.frame()).toBeGreaterThan(0);
  const worst = await app.frame();
  await app.focusWindow();
  // To the next bad stretch, or to the one before from the second half, where there may be no next.
  await app.press(worst > 300 ? 'ArrowUp' : 'ArrowDown');
  await expect.poll(() => app.frame()).not.toBe(worst);

  // Holding B shows the input alone; letting go shows both again.
  const legend = app.page.getByTestId('viewport-legend');
  await expect(legend).toContainText('Take 1');
  await app.page.keyboard.down('b');
  await expect(legend).not.toContainText('Take 1');
  await app.page.keyboard.up('b');
  await expect(legend).toContainText('Take 1');

  await expect(app.references.first()).toBeVisible();
  await app.references.first().click();
  await expect(legend).toContainText(/reference/i);

  const folder = mkdtempSync(join(tmpdir(), 'posemend-e2e-'));
  await app.focusWindow();
  await app.exportDialog.open();
  await expect(app.exportDialog.root).toContainText('performance-noisy-refined.bvh');
  const [download] = await app.downloads(1, () => app.exportDialog.write());
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);

  const [before, after] = [await openClip(SAMPLE), await openClip(path)];
  expect(after.frameCount).toBe(before.frameCount);
  expect(after.frameTime).toBeCloseTo(before.frameTime, 7);
  const accel = ({ body17, frameCount }: typeof before): number =>
    accelMagnitudeMmPerFrame2(body17, { frames: frameCount, joints: 17, root: null });
  expect(accel(after)).toBeLessThan(0.5 * accel(before));
  if (before.source.kind !== 'skeleton' || after.source.kind !== 'skeleton') throw new Error('not a BVH');
  expect(after.source.clip.skeleton.names).toEqual(before.source.clip.skeleton.names);
  rmSync(folder, { recursive: true });
});

test('each run is a take of its own; two at a time are compared, and numbers say what changed', async ({
  app,
}) => {
  await app.openSample();
  await app.refine();
  await app.page.getByTestId('model-select').click();
  await app.page.getByRole('option', { name: /butterworth/i }).click();
  await app.refine();
  const legend = app.page.getByTestId('viewport-legend');
  await expect(legend).toContainText('Input');
  await expect(legend).toContainText('Take 2');
  await app.page.getByTestId('compare-a').click();
  await app.page.getByRole('option', { name: /take 1/i }).click();
  await expect(legend).toContainText('Take 1');
  await expect(legend).not.toContainText('Input');
  await expect(app.page.getByTestId('numbers-table')).toContainText(/accel/i);
});

test('a click in the heat map selects frame and joint', async ({ app }) => {
  await app.openSample();
  await app.refine();
  await app.timeline.clickHeatMap(0.75, 0.5);
  const frame = await app.frame();
  expect(frame).toBeGreaterThan(0);
  await app.timeline.clickHeatMap(0.25, 0.5);
  expect(await app.frame()).toBeLessThan(frame);
  await expect(app.viewport.getByRole('img')).toHaveAccessibleName(/performance-noisy/);
  // The curves now speak of one joint.
  await expect(app.page.getByTestId('timeline')).not.toContainText('mean of all joints');
});

test('a lower threshold marks more frames', async ({ app }) => {
  await app.openSample();
  await app.refine();
  const text = (): Promise<string> => app.page.getByTestId('span-list').innerText();
  const before = await text();
  const slider = app.page.getByTestId('threshold-slider').getByRole('slider').first();
  await slider.focus();
  for (let n = 0; n < 10; n++) await slider.press('ArrowRight');
  await expect.poll(text).not.toBe(before);
});
