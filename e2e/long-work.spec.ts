import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { longBvh } from './long-clip.ts';
import { REFINE_TIMEOUT } from './pages/app-window.ts';

const SAMPLE = join(import.meta.dirname, '..', 'assets', 'samples', 'performance-noisy.bvh');

test('a cancelled refine leaves no take, and the next one works', async ({ app }) => {
  await app.drop([{ name: 'long.bvh', bytes: longBvh(readFileSync(SAMPLE, 'latin1'), 12) }]);
  await expect(app.clips).toHaveCount(1, { timeout: REFINE_TIMEOUT });
  await app.refineButton.click();
  await expect.poll(() => app.progress()).toBeGreaterThan(10);
  await app.page.getByTestId('cancel-job').first().click();
  await expect(app.page.getByTestId('job-progress')).toHaveCount(0);
  await expect(app.takes).toHaveCount(0);
});

test('a second clip opens while the first is being refined, and both can be refined', async ({ app }) => {
  await app.drop([{ name: 'long.bvh', bytes: longBvh(readFileSync(SAMPLE, 'latin1'), 12) }]);
  await expect(app.clips).toHaveCount(1, { timeout: REFINE_TIMEOUT });
  await app.refineButton.click();
  await expect(app.page.getByTestId('job-progress')).toHaveCount(1);
  await app.drop([{ name: 'second.bvh', bytes: readFileSync(SAMPLE) }]);
  await expect(app.clips).toHaveCount(2);
  await app.refineButton.click();
  await expect(app.takes).toHaveCount(2, { timeout: REFINE_TIMEOUT });
});

test('a clip closed while it is refined comes back with its take', async ({ app }) => {
  await app.drop([{ name: 'long.bvh', bytes: longBvh(readFileSync(SAMPLE, 'latin1'), 12) }]);
  await expect(app.clips).toHaveCount(1, { timeout: REFINE_TIMEOUT });
  await app.refineButton.click();
  await expect(app.page.getByTestId('job-progress')).toHaveCount(1);
  await app.focusWindow();
  await app.press('Alt+w');
  await expect(app.clips).toHaveCount(0);
  await expect(app.page.getByTestId('job-progress')).toHaveCount(0, { timeout: REFINE_TIMEOUT });
  await app.press('Control+z');
  await expect(app.clips).toHaveCount(1);
  await expect(app.takes).toHaveCount(1);
});

test('the engine killed in the middle of a run is started again and the clip is still open', async ({
  app,
}) => {
  test.skip(app.url === null, 'the browser host has the switch that kills its engine');
  await app.openSample();
  await app.refine();
  await app.drop([{ name: 'long.bvh', bytes: longBvh(readFileSync(SAMPLE, 'latin1'), 12) }]);
  await expect(app.clips).toHaveCount(2, { timeout: REFINE_TIMEOUT });
  await app.refineButton.click();
  await expect.poll(() => app.progress()).toBeGreaterThan(5);
  await app.page.evaluate(async (url) => {
    const token = new URL(url).hash.replace('#token=', '');
    await fetch('/api/test/kill-engine', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  }, app.url ?? '');
  await expect(app.page.getByText(/engine (has )?stopped|engine is being started/i).first()).toBeVisible();
  await expect(app.page.getByTestId('job-progress')).toHaveCount(0);
  await expect(app.clips).toHaveCount(2);
  await expect(app.takes).toHaveCount(1);
  // Started again, it knows both clips and refines.
  await app.clips.first().click();
  await app.refine();
  await expect(app.takes).toHaveCount(2);
});

test('a reload of the page loses neither clips nor takes nor settings', async ({ app }) => {
  await app.openSample();
  await app.timeline.goTo(30);
  await app.refine();
  const strength = app.page.getByTestId('strength-slider').getByRole('slider').first();
  await strength.focus();
  await strength.press('Home');
  await expect(strength).toHaveAttribute('aria-valuenow', '0');
  // The tab's memory is written a moment after the change.
  await app.page.waitForFunction(() =>
    Object.values(sessionStorage).some((text) => String(text).includes('"strength":0,')),
  );
  await app.page.reload();
  await expect(app.clips).toHaveCount(1);
  await expect(app.takes).toHaveCount(1);
  await expect(app.timeline.spans.first()).toBeVisible();
  await expect(strength).toHaveAttribute('aria-valuenow', '0');
  await expect(app.page.getByTestId('viewport-legend')).toContainText('Take 1');
});
