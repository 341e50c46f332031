import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';

test('raw and refined go out together in the unit and axes chosen', async ({ app }) => {
  await app.openSample();
  await app.refine();
  await app.focusWindow();
  await app.exportDialog.open();
  const { root } = app.exportDialog;
  await app.exportDialog.choose(/^unit/i, /millimetres/i);
  await app.exportDialog.choose(/^up axis/i, /z up/i);
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
    expect(clip.facts.find(({ name }) => name === 'unit')?.value).toMatch(/^mm/);
  }
  rmSync(folder, { recursive: true });
});

test('for Unity, one FBX with both versions goes out beside the script that imports it', async ({ app }) => {
  await app.openSample();
  await app.refine();
  await app.focusWindow();
  await app.exportDialog.open();
  const { root } = app.exportDialog;
  await app.exportDialog.preset(/unity/i);
  await root.getByRole('checkbox', { name: /input/i }).first().check();
  const files = root.getByRole('list', { name: 'Files' }).getByRole('listitem');
  await expect(files).toHaveCount(2);
  await expect(files.first()).toContainText('.fbx');
  await expect(files.first()).toContainText('Take 1, Input');
  await expect(files.last()).toContainText('.cs');
  await expect(root.getByRole('combobox', { name: 'Joint names' })).toHaveValue('HumanIK');
  const [name] = (await files.first().innerText()).split('\n');
  // A browser would number names that are taken, and the script names the FBX: both come in one ZIP.
  const [download] = await app.downloads(1, () => app.exportDialog.write());
  const written = unzipSync(readFileSync(await download.path()));
  const fbx = Buffer.from(written[name]);
  expect(fbx.subarray(0, 18).toString('latin1')).toBe('Kaydara FBX Binary');
  expect(fbx.includes('LeftForeArm')).toBe(true);
  const script = Buffer.from(written['PoseMendImport.cs']).toString();
  expect(script).toContain('ModelImporter');
  expect(script).toContain(`"${name}"`);
  await expect(root.getByText('Exported to')).toBeVisible();
});

test('fewer keys make a smaller file, and the preset comes back with one click', async ({ app }) => {
  await app.openSample();
  await app.refine();
  await app.focusWindow();
  await app.exportDialog.open();
  const { root } = app.exportDialog;
  await app.exportDialog.preset(/blender/i);
  const sizeOf = async (): Promise<number> => {
    const [zip] = await app.downloads(1, () => app.exportDialog.write());
    return statSync(await zip.path()).size;
  };
  const whole = await sizeOf();
  await root.getByRole('checkbox', { name: /fewer keys/i }).check();
  await root.getByLabel(/largest error/i).fill('10');
  await expect(root).toContainText('by more than 10 mm');
  expect(await sizeOf()).toBeLessThan(0.8 * whole);
  await root.getByRole('button', { name: /undo the changes/i }).click();
  await expect(root.getByRole('checkbox', { name: /fewer keys/i })).not.toBeChecked();
});
