import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

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

test('everything can be reached and used without a mouse', async ({ app }) => {
  await app.openSample();
  await app.focusWindow();
  const seen = new Set<string>();
  for (let n = 0; n < 80; n++) {
    await app.press('Tab');
    const id = await app.page.evaluate(
      () => document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid') ?? '',
    );
    seen.add(id);
  }
  for (const id of ['refine-button', 'frame-field', 'play-button']) expect([...seen]).toContain(id);
});
