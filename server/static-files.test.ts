import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, startTestServer, type TestServer } from '../test/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const SCRIPT = '/assets/index-Bx1c_9Zq.js';

test('the page comes without a token, under a policy that lets in nothing foreign', async () => {
  const { status, headers, body } = await ask(server, '/');
  expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>PoseMend</title>' });
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}`);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('a name with a hash is kept for ever, the page is asked for each time', async () => {
  const script = await ask(server, SCRIPT);
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const page = await ask(server, '/');
  expect(page.headers['cache-control']).toBe('no-cache');
  const headers = { 'if-none-match': String(page.headers.etag) };
  expect(await ask(server, '/', { headers })).toMatchObject({ status: 304, body: '' });
});

test('nothing outside the folder is served, however the path is written', async () => {
  symlinkSync(join(server.folder, 'secret.txt'), join(server.folder, 'page', 'link.txt'));
  writeFileSync(join(server.folder, 'page', '.hidden'), 'hidden');
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd',
    '//etc/passwd',
    '/link.txt',
    '/.hidden',
    '/%00',
    '/%',
    '/assets',
    '/assets/',
    '/nothing.js',
  ]) {
    const { status, body } = await ask(server, path);
    expect({ path, status, body }).toEqual({ path, status: 404, body: 'There is no such page.\n' });
  }
});

test('a page is read, not written', async () => {
  expect(await ask(server, '/', { method: 'POST' })).toMatchObject({ status: 405 });
  expect(await ask(server, SCRIPT, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});
