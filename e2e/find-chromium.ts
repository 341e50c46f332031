import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** A Chromium to test with: named in CHROMIUM, Playwright's own, or the system's. Null if there is none. */
export function findChromium(): string | null {
  const candidates = [
    process.env.CHROMIUM,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}
