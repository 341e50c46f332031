import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathInFolder, serveRenderer } from './serve-renderer.ts';

let place: string;
let folder: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'posemend-serve-'));
  folder = join(place, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main-1.js'), 'export {}');
  writeFileSync(join(folder, 'notes.txt'), 'not for the page');
  writeFileSync(join(place, 'secret.json'), '{}');
  symlinkSync(join(place, 'secret.json'), join(folder, 'link.json'));
});
afterAll(() => rmSync(place, { recursive: true }));

const get = (url: string, method = 'GET') => serveRenderer({ url, method }, folder);

test('the page and its scripts come with their types and the policy', async () => {
  const page = await get('posemend://app/index.html?theme=dark#x');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toBe('<!doctype html>');
  const script = await get('posemend://app/assets/main-1.js');
  expect([script.status, script.headers.get('content-type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ]);
  expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await get('posemend://app/')).status).toBe(200);
});

test('the policy lets scripts come from the program alone, and nothing run inline', async () => {
  const policy = (await get('posemend://app/')).headers.get('content-security-policy');
  const directives = new Map(
    policy?.split('; ').map((directive): [string, string] => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
  expect(directives.get('default-src')).toBe("'none'");
  expect(directives.get('script-src')).toBe("'self'");
  expect(directives.get('connect-src')).toBe("'self'");
  expect(directives.get('font-src')).toBe("'self'");
  expect(directives.get('worker-src')).toBe("'self' blob:");
  for (const closed of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
    expect(directives.get(closed)).toBe("'none'");
  }
  expect(policy).not.toContain('unsafe-eval');
});

test('whatever is asked for, nothing outside the folder is answered', async () => {
  const steps = fc.array(
    fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E.',
      '..%2f',
      '%5c..',
      'assets',
      'secret.json',
      'C:',
      '%00',
      '%',
      '',
    ),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (path) => {
      const found = pathInFolder(`/${path.join('/')}`, folder);
      if (found !== null) expect(found.startsWith(folder + sep)).toBe(true);
      const url = URL.parse(`posemend://app/${path.join('/')}`);
      if (url !== null) expect(await (await get(url.href)).text()).not.toBe('{}');
    }),
  );
});

test('a link out of the folder, another kind of file, another host and other methods are refused', async () => {
  expect((await get('posemend://app/link.json')).status).toBe(404);
  expect((await get('posemend://app/notes.txt')).status).toBe(404);
  expect((await get('posemend://app/missing.js')).status).toBe(404);
  expect((await get('posemend://report/index.html')).status).toBe(404);
  expect((await get('https://app/index.html')).status).toBe(404);
  expect((await get('posemend://app/index.html', 'POST')).status).toBe(405);
});
