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

  await app.press('Alt+w');
  await expect(app.clips).toHaveCount(0);
  await app.press('Control+z');
  await expect(app.clips).toHaveCount(1);
});

test('a press beside the track of a slider does not hold the undo history back', async ({ app }) => {
  await app.openSample();
  const slider = app.page.getByTestId('strength-slider');
  const size = await slider.boundingBox();
  if (size === null) throw new Error('the slider is not there');
  await slider.click({ position: { x: 1, y: 1 } });
  await slider.click({ position: { x: size.width / 2, y: size.height / 2 }, button: 'right' });
  const left = app.page.getByTestId('joint-toggle-leftKnee').first();
  const right = app.page.getByTestId('joint-toggle-rightKnee').first();
  await left.click();
  await right.click();
  await app.focusWindow();
  await app.press('Control+z');
  await expect(left).toHaveAttribute('aria-pressed', 'false');
  await expect(right).toHaveAttribute('aria-pressed', 'true');
});
