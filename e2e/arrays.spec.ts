import { join } from 'node:path';
import { encodeClip, openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';

const SAMPLE = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');

test('an array is asked about, shown as it would be opened, and the answer is remembered', async ({
  app,
}) => {
  const bytes = Buffer.from(await encodeClip(await openClip(SAMPLE), 'npy'));
  await app.drop([{ name: 'poses.npy', bytes }]);
  const { root } = app.importDialog;
  await expect(root).toBeVisible();
  await expect(root).toContainText(/h36m|human3\.6m/i);
  // The reason of a guess stands beside it.
  await expect(root).toContainText(/frame rate/i);
  await expect(root.locator('canvas').first()).toBeVisible();
  await app.importDialog.field(/fps|frames per second|frame rate/i).fill('60');
  await app.importDialog.open();
  await expect(app.clips).toHaveCount(1);
  await expect(app.clips.first()).toContainText('60');

  await app.drop([{ name: 'more.npy', bytes }]);
  await expect(root).toBeVisible();
  await expect(app.importDialog.field(/fps|frames per second|frame rate/i)).toHaveValue(/^60/);
});

test('a file that is no clip is refused with its name and the way out', async ({ app }) => {
  await app.drop([{ name: 'notes.bvh', bytes: Buffer.from('HIERARCHY\nROOT Hips\n') }]);
  await expect(app.page.getByText(/notes\.bvh:\d/).last()).toBeVisible();
  await expect(app.clips).toHaveCount(0);
});
