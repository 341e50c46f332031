/**
 * Speed of the window, in Chromium at the browser host: how long a large clip takes to show and move, how soon the
 * window answers during a refine, how soon a cancel is obeyed, and what playing a long clip costs per frame.
 *
 * `npm run bench:window [-- --minutes 5]`; prints a table and writes `work/bench/window.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { findChromium } from '../e2e/find-chromium.ts';
import { longBvh } from '../e2e/long-clip.ts';
import { AppWindow } from '../e2e/pages/app-window.ts';
import { startServer } from '../e2e/serve.ts';

const ROOT = join(import.meta.dirname, '..');
const SAMPLE = readFileSync(join(ROOT, 'assets', 'samples', 'performance-noisy.bvh'), 'latin1');
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '0.5' } } });

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium found; install one, or name it in CHROMIUM');
const figures: { what: string; value: number; unit: string; limit?: number }[] = [];
const work = join(ROOT, 'work', 'bench');
mkdirSync(work, { recursive: true });

const sampleFrames = Number(SAMPLE.match(/Frames: (\d+)/)?.[1]);
const twentyMegabytes = longBvh(SAMPLE, Math.ceil(20e6 / SAMPLE.length));
const hundredThousand = longBvh(SAMPLE, Math.ceil(100_000 / sampleFrames));
const files = {
  twenty: join(work, 'twenty-megabytes.bvh'),
  refined: join(work, 'ten-minutes.bvh'),
  long: join(work, 'hundred-thousand-frames.bvh'),
};
writeFileSync(files.twenty, twentyMegabytes);
writeFileSync(files.refined, longBvh(SAMPLE, Math.ceil(18_000 / sampleFrames)));
writeFileSync(files.long, hundredThousand);

const server = await startServer();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--enable-precise-memory-info'],
});
try {
  await measureOpening();
  await measureRefine();
  await measurePlaying(Number(values.minutes));
} finally {
  await browser.close();
  await server.stop();
}
writeFileSync(join(work, 'window.json'), JSON.stringify(figures, null, 2));

function record(what: string, value: number, unit: string, limit?: number): void {
  figures.push({ what, value, unit, ...(limit === undefined ? {} : { limit }) });
  console.log(`${what.padEnd(84)} ${value.toFixed(2)} ${unit}`);
}

/** From giving the file to a skeleton that moves: the file is chosen, and Space is pressed as soon as it is listed. */
async function measureOpening(): Promise<void> {
  const { app, page } = await newWindow();
  const clock = performance.now();
  await choose(page, files.twenty);
  await app.clips.first().waitFor();
  record('20 MB BVH, from the choice of the file: listed', (performance.now() - clock) / 1000, 's');
  await app.press('Space');
  await page.waitForFunction(() => {
    const field = document.querySelector<HTMLInputElement>('[data-testid=frame-field]');
    return field !== null && Number(field.value) > 0;
  });
  record('20 MB BVH, from the choice of the file: moving', (performance.now() - clock) / 1000, 's', 3);
  await page.context().close();
}

/** The longest the page did not answer, and from the cancel to the end of the job. */
async function measureRefine(): Promise<void> {
  const { app, page } = await newWindow();
  await choose(page, files.refined);
  await app.clips.first().waitFor();
  await page.evaluate(() => {
    const state = window as unknown as { longest: number; answers: number[] };
    state.longest = 0;
    state.answers = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) state.longest = Math.max(state.longest, entry.duration);
    }).observe({ type: 'longtask' });
  });
  const started = performance.now();
  await app.refineButton.click();
  const answers: number[] = [];
  const progress = page.getByTestId('job-progress');
  await progress.first().waitFor();
  while ((await progress.count()) > 0) {
    answers.push(await answerToKey(page));
    await page.waitForTimeout(150);
  }
  record('refine of 18 000 frames', (performance.now() - started) / 1000, 's');
  record('during it: slowest answer to a key', Math.max(...answers), 'ms', 100);
  const longestTask = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  record('during it: longest task of the page', longestTask, 'ms', 100);

  // Another strength would be quick; another device name is another analysis.
  await page.getByTestId('library-switch').click({ force: true });
  await app.refineButton.click();
  await page.waitForFunction(
    () => {
      const bar = document.querySelector('[data-testid=job-progress] [role=progressbar]');
      return Number(bar?.getAttribute('aria-valuenow') ?? 0) >= 50;
    },
    undefined,
    { polling: 20, timeout: 120_000 },
  );
  const gone = await page.evaluate(async () => {
    const clock = performance.now();
    document.querySelector<HTMLElement>('[data-testid=cancel-job]')?.click();
    while (document.querySelector('[data-testid=job-progress]') !== null) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return performance.now() - clock;
  });
  record('cancel at 50 %: the job is gone after', gone, 'ms', 300);
  if ((await app.takes.count()) !== 1) throw new Error('the cancelled refine left a take');
  await page.context().close();
}

/** From a key to the picture after the change it made. */
async function answerToKey(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const field = document.querySelector<HTMLInputElement>('[data-testid=frame-field]');
        const before = field?.value;
        const clock = performance.now();
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight', bubbles: true }),
        );
        const look = (): void => {
          if (field?.value !== before) resolve(performance.now() - clock);
          else if (performance.now() - clock > 2000) resolve(2000);
          else setTimeout(look, 1);
        };
        look();
      }),
  );
}

/** Script per shown frame, React commits and memory while a long clip plays. */
async function measurePlaying(minutes: number): Promise<void> {
  const { app, page } = await newWindow();
  await choose(page, files.long);
  await app.clips.first().waitFor({ timeout: 60_000 });
  await page.getByTestId('model-select').click();
  await page.getByRole('option', { name: /butterworth/i }).click();
  await app.refineButton.click();
  await app.takes.first().waitFor({ timeout: 300_000 });
  await page.waitForTimeout(3000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');

  await app.focusWindow();
  await app.press('Space');
  await page.waitForTimeout(3000);
  await session.send('HeapProfiler.collectGarbage');
  const heapBefore = await metric(session, 'JSHeapUsedSize');
  const before = await playState(page, session);
  await page.waitForTimeout(minutes * 60_000);
  const after = await playState(page, session);
  await session.send('HeapProfiler.collectGarbage');
  const heapAfter = await metric(session, 'JSHeapUsedSize');
  await app.press('Space');
  const pictures = after.pictures - before.pictures;
  record('100 000 frames, playing: pictures a second', pictures / (minutes * 60), '1/s');
  const script = ((after.script - before.script) * 1000) / pictures;
  record('100 000 frames, playing: script a picture', script, 'ms', 4);
  const commits = (after.commits - before.commits) / pictures;
  record('100 000 frames, playing: React commits a picture (references, three times a second)', commits, '');
  record(
    `100 000 frames, playing: growth of the heap in ${minutes} min`,
    (heapAfter - heapBefore) / 1e6,
    'MB',
  );

  const box = await app.timeline.strip.boundingBox();
  if (box === null) throw new Error('no strip');
  const scrubBefore = await playState(page, session);
  await page.mouse.move(box.x + 5, box.y + box.height / 2);
  await page.mouse.down();
  for (let n = 0; n <= 200; n++) {
    await page.mouse.move(box.x + 5 + ((box.width - 10) * n) / 200, box.y + box.height / 2);
  }
  await page.mouse.up();
  const scrubAfter = await playState(page, session);
  const scrubbed = scrubAfter.pictures - scrubBefore.pictures;
  const scrubScript = ((scrubAfter.script - scrubBefore.script) * 1000) / scrubbed;
  record('100 000 frames, scrubbing: script a picture', scrubScript, 'ms', 4);
  const scrubCommits = (scrubAfter.commits - scrubBefore.commits) / scrubbed;
  record('100 000 frames, scrubbing: React commits a picture', scrubCommits, '');
  await page.context().close();
}

interface PlayState {
  /** Seconds of script since the page began. */
  readonly script: number;
  readonly commits: number;
  readonly pictures: number;
}

async function playState(page: Page, session: CDPSession): Promise<PlayState> {
  const counts = await page.evaluate(() => {
    const { commits, pictures } = window as unknown as { commits: number; pictures: number };
    return { commits, pictures };
  });
  return { script: await metric(session, 'ScriptDuration'), ...counts };
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((found) => found.name === name)?.value ?? Number.NaN;
}

/** A window whose React commits and pictures are counted. */
async function newWindow(): Promise<{ app: AppWindow; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.addInitScript(() => {
    const state = { tourDone: true, reducedMotion: 'on' };
    localStorage.setItem('posemend-view', JSON.stringify({ state, version: 1 }));
    const counted = window as unknown as Record<string, unknown> & { commits: number; pictures: number };
    counted.commits = 0;
    counted.pictures = 0;
    counted.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: () => {
        counted.commits++;
      },
      onCommitFiberUnmount: () => {},
      checkDCE: () => {},
    };
    const count = (): void => {
      counted.pictures++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.goto(server.url);
  const app = new AppWindow(page, server.url);
  await page.waitForFunction(() => /Engine ready/.test(document.body.innerText));
  return { app, page };
}

async function choose(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('open-button').first().click();
  await (await chooser).setFiles(path);
}
