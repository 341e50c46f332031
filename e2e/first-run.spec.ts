import { expect, test } from './fixtures.ts';

test.describe('the first time', () => {
  test.use({ isFirstRun: true });

  test('the sample is open and a tour can be skipped, once for all', async ({ app }) => {
    await expect(app.clips).toHaveCount(1);
    const tour = app.page.locator('.driver-popover');
    await expect(tour).toBeVisible();
    await app.press('Escape');
    await expect(tour).toHaveCount(0);
    await app.page.reload();
    // What was open is open again, and only that.
    await expect(app.clips).toHaveCount(1);
    await expect(app.viewport.getByRole('img')).toBeVisible();
    await expect(tour).toHaveCount(0);
  });
});

test('the window opens empty afterwards, and says what to do', async ({ app }) => {
  await expect(app.viewport).toContainText(/drop a motion clip/i);
  await expect(app.refineButton).toBeDisabled();
});
