import { defineConfig } from '@playwright/test';
import type { HostOption } from './fixtures.ts';

/** One set of specs, two hosts. The Electron run says that it was skipped where Electron's binary is not there. */
export default defineConfig<HostOption>({
  testDir: '.',
  outputDir: 'results/output',
  snapshotPathTemplate: '{testDir}/screenshots/{arg}{ext}',
  // The machine's cores are busy with the engine and a software renderer already.
  workers: 1,
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    // Fonts and software renderers differ a little between machines; a missing panel differs a lot.
    toHaveScreenshot: { maxDiffPixelRatio: 0.02, threshold: 0.25, animations: 'disabled' },
  },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser', use: { host: 'browser' } },
    { name: 'electron', use: { host: 'electron' } },
  ],
});
