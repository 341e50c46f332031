import { join } from 'node:path';
import { encodeClip, openClip } from '../native-model/index.ts';
import { expect, test } from './fixtures.ts';
import { canLift, openPoseFiles, smplFixture } from './made-files.ts';
import type { AppWindow } from './pages/app-window.ts';

const SAMPLE = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');
/** A frame in the middle of the walk, with both arms in sight. */
const FRAME = 120;

/** What the window looks like, with the pointer out of the way; under a take stands the time it was made at. */
async function expectLook(app: AppWindow, name: string): Promise<void> {
  await app.page.mouse.move(0, 0);
  const mask = [app.takes.getByText(' · ')];
  await expect(app.page).toHaveScreenshot(`${name}.png`, { mask, maskColor: '#808080', timeout: 30_000 });
}

/** What a dialog looks like, without the window behind it. */
async function expectDialogLook(app: AppWindow, name: string): Promise<void> {
  await app.page.mouse.move(0, 0);
  await expect(app.page.getByRole('dialog')).toHaveScreenshot(`${name}.png`, { timeout: 30_000 });
}

/** The sample with one take, at a frame of its own, with its references. */
async function showRefinedSample(app: AppWindow): Promise<void> {
  await app.openSample();
  await app.refine();
  await app.timeline.goTo(FRAME);
  await app.focusWindow();
  await expect(app.references).toHaveCount(6);
}

async function useTheme(app: AppWindow, theme: 'dark' | 'light'): Promise<void> {
  await app.page.evaluate((name) => {
    const stored = JSON.parse(localStorage.getItem('posemend-view') ?? '{}');
    stored.state.theme = name;
    localStorage.setItem('posemend-view', JSON.stringify(stored));
  }, theme);
  await app.page.reload();
}

test('the empty window', async ({ app }) => {
  await expect(app.page.getByText('Engine ready')).toBeVisible();
  await expectLook(app, 'empty');
});

test('a refined clip, dark, and its versions side by side with ghosts and differences', async ({ app }) => {
  await showRefinedSample(app);
  await expectLook(app, 'refined-dark');
  for (const key of ['Tab', 'g', 'd']) await app.press(key);
  await expectLook(app, 'side-by-side');
});

test('a refined clip, light', async ({ app }) => {
  await useTheme(app, 'light');
  await showRefinedSample(app);
  await expectLook(app, 'refined-light');
});

test('the import dialog', async ({ app }) => {
  const bytes = Buffer.from(await encodeClip(await openClip(SAMPLE), 'npy'));
  await app.drop([{ name: 'poses.npy', bytes }]);
  await expect(app.importDialog.root).toContainText('Body height');
  await expectDialogLook(app, 'import-dialog');
});

for (const theme of ['dark', 'light'] as const) {
  test(`the import dialog asks whom of several people and how, ${theme}`, async ({ app }) => {
    await useTheme(app, theme);
    await app.drop([smplFixture('vibe-output.pkl')]);
    await expect(app.importDialog.root).toContainText('Body height');
    await expect(app.importDialog.root.locator('.mantine-Loader-root')).toHaveCount(0);
    await expectDialogLook(app, `import-people-${theme}`);
  });

  test(`the import dialog of 2D keypoints, ${theme}`, async ({ app }) => {
    test.skip(!canLift(), 'the network that lifts is not installed');
    await useTheme(app, theme);
    await app.drop(openPoseFiles(await openClip(SAMPLE), 120));
    await expect(app.importDialog.root).toContainText('Body height');
    await expectDialogLook(app, `import-lift-${theme}`);
  });

  test(`the export dialog for Unity, ${theme}`, async ({ app }) => {
    await useTheme(app, theme);
    await showRefinedSample(app);
    await app.exportDialog.open();
    await app.exportDialog.preset(/unity/i);
    await expect(app.exportDialog.root).toContainText('PoseMendImport.cs');
    await expectDialogLook(app, `export-unity-${theme}`);
  });
}

test('the dialogs of a refined clip: export, settings, commands and keys', async ({ app }) => {
  await showRefinedSample(app);
  await app.exportDialog.open();
  await expect(app.exportDialog.root).toContainText('performance-noisy-refined.bvh');
  await expectDialogLook(app, 'export-dialog');
  await app.press('Escape');
  await expect(app.exportDialog.root).toBeHidden();

  await app.press('Control+,');
  await expect(app.page.getByTestId('settings-dialog')).toBeVisible();
  await expectDialogLook(app, 'settings-dialog');
  await app.press('Escape');
  await expect(app.page.getByTestId('settings-dialog')).toBeHidden();

  await app.focusWindow();
  await app.page.keyboard.type('?');
  await expect(app.page.getByTestId('shortcuts-dialog')).toBeVisible();
  await expectDialogLook(app, 'shortcuts-dialog');
});

test.describe('in a small window', () => {
  test.use({ viewport: { width: 1100, height: 700 } });

  test('everything has its place', async ({ app }) => {
    await showRefinedSample(app);
    await expectLook(app, 'small-window');
  });
});
