import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { smplFixture } from './made-files.ts';
import { REFINE_TIMEOUT } from './pages/app-window.ts';

/** What axe calls serious or critical, by rule and place. */
async function seriousIssues(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
}

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious in the ${theme} window and its dialogs`, async ({ app }) => {
    // Seven looks at all there is, each of some seconds.
    test.slow();
    await app.page.evaluate((name) => {
      const stored = JSON.parse(localStorage.getItem('posemend-view') ?? '{}');
      stored.state.theme = name;
      localStorage.setItem('posemend-view', JSON.stringify(stored));
    }, theme);
    await app.page.reload();
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.openSample();
    await app.refine();
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.focusWindow();
    await app.exportDialog.open();
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.exportDialog.preset(/unity/i);
    await expect(app.exportDialog.root).toContainText('PoseMendImport.cs');
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.press('Escape');
    await app.drop([smplFixture('vibe-output.pkl')]);
    await expect(app.importDialog.root).toContainText('Body height');
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.press('Escape');
    await app.focusWindow();
    await app.page.keyboard.type('?');
    await expect(app.page.getByTestId('shortcuts-dialog')).toBeVisible();
    expect(await seriousIssues(app.page)).toEqual([]);
    await app.press('Escape');
    await app.press('Control+,');
    await expect(app.page.getByTestId('settings-dialog')).toBeVisible();
    expect(await seriousIssues(app.page)).toEqual([]);
  });
}

test('whom to open and what to export for can be chosen without a mouse', async ({ app }) => {
  const { page } = app;
  await app.drop([smplFixture('vibe-output.pkl')]);
  await expect(app.importDialog.root).toContainText('Body height');
  const focused = (name: RegExp) => page.locator(':focus').filter({ hasText: name });
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let n = 0; n < 40; n++) {
      if ((await focused(name).count()) > 0) return;
      await app.press('Tab');
    }
    throw new Error(`Tab never came to ${name}`);
  };
  const [, second] = await app.importDialog.root.getByRole('button', { name: /frames/ }).allInnerTexts();
  const [name] = second.split('\n');
  await tabTo(new RegExp(`^${name}`));
  await app.press('Space');
  await expect(app.importDialog.root.getByRole('combobox', { name: 'Person' })).toHaveValue(
    new RegExp(`^${name}`),
  );
  await tabTo(/^open$/i);
  await app.press('Enter');
  await expect(app.clips).toHaveCount(1);
  await app.press('Control+e');
  await app.exportDialog.root.getByRole('radio', { name: 'As the input' }).focus();
  for (let n = 0; n < 2; n++) await app.press('ArrowRight');
  await expect(app.exportDialog.root.getByRole('radio', { name: 'Unity' })).toBeChecked();
  await expect(app.exportDialog.root).toContainText('PoseMendImport.cs');
});

test('the job can be done without a mouse', async ({ app }) => {
  const { page } = app;
  const tabTo = async (id: string): Promise<void> => {
    for (let n = 0; n < 120; n++) {
      await app.press('Tab');
      const isThere = await page.evaluate(
        (wanted) =>
          document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid')?.startsWith(wanted),
        id,
      );
      if (isThere) return;
    }
    throw new Error(`Tab never came to ${id}`);
  };
  await expect(page.getByRole('button', { name: /open the sample/i }).first()).toBeEnabled();
  await tabTo('open-button');
  await app.press('Tab');
  await app.press('Enter');
  await expect(app.clips).toHaveCount(1);
  await tabTo('refine-button');
  await app.press('Enter');
  await expect(app.takes).toHaveCount(1, { timeout: REFINE_TIMEOUT });
  await tabTo('frame-field');
  await page.keyboard.type('120');
  await app.press('Enter');
  expect(await app.frame()).toBe(120);
  await tabTo('span-row');
  await app.press('Enter');
  await expect.poll(() => app.frame()).not.toBe(120);
});
