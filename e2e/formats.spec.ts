import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';
import { alphaPoseOfTwo, canLift, openPoseFiles, smplFixture } from './made-files.ts';

const SAMPLE = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');
const FRAMES = 60;

test('an AMASS file opens at once; opened again, it names its producer and takes a body model', async ({
  app,
}) => {
  await app.drop([smplFixture('amass-smplh.npz')]);
  await expect(app.clips).toHaveCount(1);
  await expect(app.clips.first()).toContainText('NPZ');
  await expect(app.importDialog.root).toBeHidden();
  await app.clipMenu(/open with/i);
  const { root } = app.importDialog;
  await expect(root).toContainText('AMASS (SMPL-H)');
  await expect(root).toContainText('keys');
  await expect(root).toContainText('average proportions');

  const chooser = app.page.waitForEvent('filechooser');
  await root.getByRole('button', { name: /use my smpl model file/i }).click();
  await (await chooser).setFiles({ ...picked(smplFixture('model.npz')), name: 'SMPL_NEUTRAL.npz' });
  await expect(root).toContainText('SMPL_NEUTRAL.npz');
  await root.getByRole('button', { name: /average proportions/i }).click();
  await expect(root).not.toContainText('Bones are as long');
});

test('of two people the chosen one is opened, or each as a clip of its own', async ({ app }) => {
  await app.drop([smplFixture('vibe-output.pkl')]);
  const { root } = app.importDialog;
  await expect(root).toContainText('VIBE');
  await expect(root.getByText('People in the file')).toBeVisible();
  const people = root.getByRole('button', { name: /frames/ });
  await expect(people).toHaveCount(2);
  await expect(people.first()).toHaveAttribute('aria-pressed', 'true');
  const second = await people.nth(1).innerText();
  await people.nth(1).click();
  await expect(people.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(root.getByRole('combobox', { name: 'Person' })).toHaveValue(new RegExp(second.split('\n')[0]));
  await app.importDialog.open();
  await expect(app.clips).toHaveCount(1);

  await app.drop([smplFixture('vibe-output.pkl')]);
  // Whom to take is not remembered.
  await expect(people.first()).toHaveAttribute('aria-pressed', 'true');
  await root.getByRole('button', { name: 'Open all 2' }).click();
  await expect(app.clips).toHaveCount(3);
  await expect(app.page.getByText('cannot be opened')).toHaveCount(0);
});

test('2D keypoints of two people are lifted, refined and exported as FBX', async ({ app }) => {
  test.skip(!canLift(), 'the network that lifts is not installed');
  await app.drop([{ name: 'street.json', bytes: alphaPoseOfTwo(await openClip(SAMPLE), FRAMES) }]);
  const { root } = app.importDialog;
  await expect(root).toContainText('AlphaPose');
  await expect(root.getByRole('radio', { name: 'Lift to 3D' })).toBeChecked();
  await expect(root).toContainText('estimates the depth');
  await expect(root).toContainText('Body height');
  await app.importDialog.open();
  await expect(app.clips).toHaveCount(1);
  await expect(app.clips.first()).not.toContainText('2D');
  await app.refine();
  await app.focusWindow();
  await app.exportDialog.open();
  await app.exportDialog.choose(/^format/i, /^FBX/);
  await expect(app.exportDialog.root).toContainText('.fbx');
  const [download] = await app.downloads(1, () => app.exportDialog.write());
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 18).toString('latin1')).toBe('Kaydara FBX Binary');
});

test('2D keypoints stay 2D where the user wants that', async ({ app }) => {
  await app.drop([{ name: 'street.json', bytes: alphaPoseOfTwo(await openClip(SAMPLE), FRAMES) }]);
  await app.importDialog.root.getByText('2D as found').click();
  await app.importDialog.open();
  await expect(app.clips.first()).toContainText('2D');
});

test('a file for each frame is opened as one clip', async ({ app }) => {
  const files = openPoseFiles(await openClip(SAMPLE), FRAMES);
  const chooser = app.page.waitForEvent('filechooser');
  await app.page.getByTestId('open-button').click();
  await (await chooser).setFiles(files.map(picked));
  const { root } = app.importDialog;
  await expect(root).toContainText('Open walk.zip');
  await expect(root).toContainText('OpenPose');
  await expect(root).toContainText(`${FRAMES} frames`);
  await root.getByText('2D as found').click();
  await app.importDialog.open();
  await expect(app.clips).toHaveCount(1);
  await expect(app.clips.first()).toContainText(`${FRAMES} frames`);
});

function picked({ name, bytes }: { readonly name: string; readonly bytes: Buffer }) {
  return { name, mimeType: 'application/octet-stream', buffer: bytes };
}
