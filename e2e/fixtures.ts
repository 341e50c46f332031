import { join } from 'node:path';
import { _electron, test as base, chromium, type Page } from '@playwright/test';
import { electronBinary } from '../server/desktop-app.ts';
import { findChromium } from './find-chromium.ts';
import { AppWindow } from './pages/app-window.ts';
import { type RunningServer, startServer } from './serve.ts';

export interface HostOption {
  readonly host: 'browser' | 'electron';
}

interface TestFixtures {
  /** Whether the window has been used before, so that neither sample nor tour opens by itself. */
  readonly isFirstRun: boolean;
  readonly app: AppWindow;
}

interface WorkerFixtures {
  readonly server: RunningServer;
}

const ROOT = join(import.meta.dirname, '..');

export const test = base.extend<HostOption & TestFixtures, WorkerFixtures>({
  host: ['browser', { option: true }],
  isFirstRun: [false, { option: true }],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  app: async ({ host, isFirstRun, server, viewport }, use, info) => {
    if (host === 'electron') {
      const binary = electronBinary(process.env, ROOT);
      info.skip(binary === null, 'Electron’s binary is not installed');
      const electron = await _electron.launch({ executablePath: binary ?? '', args: [ROOT, '--no-sandbox'] });
      const page = await electron.firstWindow();
      await prepare(page, isFirstRun);
      await page.reload();
      await use(new AppWindow(page, null));
      await electron.close();
      return;
    }
    const executablePath = findChromium();
    info.skip(executablePath === null, 'no Chromium found; install one, or name it in CHROMIUM');
    const browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
    });
    const context = await browser.newContext({ viewport, acceptDownloads: true });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await prepare(page, isFirstRun);
    await page.goto(server.url);
    await use(new AppWindow(page, server.url));
    if (info.status !== info.expectedStatus) {
      await info.attach('at the end', { body: await page.screenshot(), contentType: 'image/png' });
    }
    await browser.close();
    if (faults.length > 0) throw new Error(`the page threw:\n${faults.join('\n')}`);
  },
});

export { expect } from '@playwright/test';

/** Moves are instant and the tour is done, as far as a test does not ask for them. */
async function prepare(page: Page, isFirstRun: boolean): Promise<void> {
  if (isFirstRun) return;
  await page.addInitScript(() => {
    if (localStorage.getItem('posemend-view') !== null) return;
    const state = { tourDone: true, reducedMotion: 'on' };
    localStorage.setItem('posemend-view', JSON.stringify({ state, version: 1 }));
  });
}
