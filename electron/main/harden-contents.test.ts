import type { WindowOpenHandlerResponse } from 'electron';
import { expect, test } from 'vitest';
import { hardenContents, hardenSession, isLocalRequest } from './harden-contents.ts';
import { mayOpenLink } from './open-link.ts';

/** A page that records what is done with it. */
function fakeContents(address: string) {
  type Details = { url: string; preventDefault(): void };
  const listeners = new Map<string, (details: Details) => void>();
  let opener: (details: { url: string }) => WindowOpenHandlerResponse = () => ({ action: 'allow' });
  return {
    on: (event: string, listener: (details: Details) => void) => listeners.set(event, listener),
    getURL: () => address,
    setWindowOpenHandler: (handler: typeof opener) => {
      opener = handler;
    },
    open: (url: string) => opener({ url }).action,
    isStopped(event: string, url: string): boolean {
      let isStopped = false;
      listeners.get(event)?.({
        url,
        preventDefault: () => {
          isStopped = true;
        },
      });
      return isStopped;
    },
  };
}

const ELSEWHERE = [
  'https://example.com/',
  'file:///etc/passwd',
  'posemend://app/other.html',
  'posemend://report/1',
  'javascript:alert(1)',
  'data:text/html,x',
];

test('a page leads nowhere else, by whatever kind of navigation', () => {
  const contents = fakeContents('posemend://app/index.html');
  hardenContents(contents, () => {});
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    for (const url of ELSEWHERE)
      expect([event, url, contents.isStopped(event, url)]).toEqual([event, url, true]);
  }
});

test('the application may load itself again, a report may not load the application', () => {
  const entry = 'posemend://app/index.html';
  const application = fakeContents(entry);
  hardenContents(application, () => {});
  expect(application.isStopped('will-navigate', entry)).toBe(false);
  const report = fakeContents('posemend://report/1');
  hardenContents(report, () => {});
  expect(report.isStopped('will-navigate', entry)).toBe(true);
});

test('no page opens a window or attaches a webview; links are handed on', () => {
  const contents = fakeContents('posemend://app/index.html');
  const links: string[] = [];
  hardenContents(contents, (address) => links.push(address));
  expect(contents.open('https://arxiv.org/abs/1')).toBe('deny');
  expect(links).toEqual(['https://arxiv.org/abs/1']);
  expect(contents.isStopped('will-attach-webview', '')).toBe(true);
});

test('only https addresses of the listed sites reach the browser', () => {
  expect(mayOpenLink('https://docs.blender.org/manual/en/latest/')).toBe(true);
  for (const address of [
    'http://docs.blender.org/',
    'https://docs.blender.org.example.com/',
    'https://user:word@docs.blender.org/',
    'https://user@docs.blender.org/',
    'https://docs.blender.org:444/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://docs.blender.org/share',
    'not an address',
  ]) {
    expect([address, mayOpenLink(address)]).toEqual([address, false]);
  }
});

test('every permission, device and download is refused, and every request that leaves the program', () => {
  const answers: unknown[] = [];
  let requests: (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void =
    () => {};
  hardenSession({
    setPermissionRequestHandler: (handler) =>
      handler(null as never, 'media', (isGranted) => answers.push(['request', isGranted])),
    setPermissionCheckHandler: (handler) => answers.push(['check', handler()]),
    setDevicePermissionHandler: (handler) => answers.push(['device', handler()]),
    setSpellCheckerEnabled: (isEnabled) => answers.push(['spelling', isEnabled]),
    on: (event, listener) => listener({ preventDefault: () => answers.push([event, false]) }),
    webRequest: {
      onBeforeRequest: (listener) => {
        requests = listener;
      },
    },
  });
  expect(answers).toEqual([
    ['request', false],
    ['check', false],
    ['device', false],
    ['spelling', false],
    ['will-download', false],
  ]);
  const isCancelled = (url: string): boolean => {
    let cancelled = false;
    requests({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled;
  };
  expect(isCancelled('https://example.com/beacon')).toBe(true);
  expect(isCancelled('posemend://app/assets/main.js')).toBe(false);
});

test('requests stay in the program', () => {
  for (const address of ['posemend://app/a.js', 'posemend://report/1', 'blob:posemend://app/1', 'data:,x']) {
    expect([address, isLocalRequest(address)]).toEqual([address, true]);
  }
  for (const address of ['http://127.0.0.1/', 'ws://localhost/', 'file:///etc/passwd', 'posemend://evil/']) {
    expect([address, isLocalRequest(address)]).toEqual([address, false]);
  }
});
