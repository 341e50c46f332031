import { expect, test } from './fixtures.ts';

test('settings, ranges, takes and closed clips come back with undo', async ({ app }) => {
  await app.openSample();
  await app.focusWindow();

  const strength = app.page.getByTestId('strength-slider').getByRole('slider').first();
  await strength.focus();
  await strength.press('Home');
  await expect(strength).toHaveAttribute('aria-valuenow', '0');
  await app.focusWindow();
  await app.press('Control+z');
  await expect(strength).toHaveAttribute('aria-valuenow', '100');
  await app.press('Control+Shift+z');
  await expect(strength).toHaveAttribute('aria-valuenow', '0');
  await app.press('Control+z');

  await app.timeline.goTo(40);
  await app.focusWindow();
  await app.press('i');
  await app.timeline.goTo(90);
  await app.focusWindow();
  await app.press('o');
  const rangeIn = app.page.getByTestId('range-in').first();
  await expect(rangeIn).toHaveValue('40');
  await app.press('Control+z');
  await app.press('Control+z');
  await expect(rangeIn).not.toHaveValue('40');

  await app.refine();
  await app.focusWindow();
  await app.press('Control+z');
  await expect(app.takes).toHaveCount(0);
  await app.press('Control+Shift+z');
  await expect(app.takes).toHaveCount(1);

  await app.press('Control+w');
  if ((await app.clips.count()) > 0) {
    // The browser keeps Ctrl+W for itself; the menu of the clip has the same command.
    await app.clips
      .first()
      .getByRole('button', { name: /close|more|menu/i })
      .first()
      .click();
    const item = app.page.getByRole('menuitem', { name: /close/i });
    if (await item.count()) await item.first().click();
  }
  await expect(app.clips).toHaveCount(0);
  await app.press('Control+z');
  await expect(app.clips).toHaveCount(1);
});
