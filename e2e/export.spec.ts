import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';

test('raw and refined go out together under the units and axes of a preset', async ({ app }) => {
  await app.openSample();
  await app.refine();
  await app.focusWindow();
  await app.exportDialog.open();
  const { root } = app.exportDialog;
  await app.exportDialog.preset(/unreal/i);
  await root
    .getByRole('checkbox', { name: /raw|input/i })
    .first()
    .check();
  await expect(root).toContainText('performance-noisy-raw.bvh');
  await expect(root).toContainText('performance-noisy-refined.bvh');
  const folder = mkdtempSync(join(tmpdir(), 'posemend-e2e-'));
  const downloads = await app.downloads(2, () => app.exportDialog.write());
  for (const download of downloads) {
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    const clip = await openClip(path);
    expect(clip.facts.find(({ name }) => name === 'up axis')?.value).toMatch(/^z/);
    expect(clip.facts.find(({ name }) => name === 'unit')?.value).toMatch(/^cm/);
  }
  rmSync(folder, { recursive: true });
});
