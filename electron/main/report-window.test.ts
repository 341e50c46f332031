import { expect, test } from 'vitest';
import { ReportPages } from './report-window.ts';

test('a report is answered at its own address alone, while its window is open, without a right to run scripts', async () => {
  const pages = new ReportPages();
  const address = pages.add('<h1>walk</h1>');
  const answer = pages.answer(address);
  expect(await answer.text()).toBe('<h1>walk</h1>');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/; sandbox$/);
  expect(policy).not.toContain('script-src');
  expect(pages.answer('posemend://report/other').status).toBe(404);
  expect(pages.answer('posemend://app/index.html').status).toBe(404);
  pages.remove(address);
  expect(pages.answer(address).status).toBe(404);
});
