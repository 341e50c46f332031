import { expect, test } from 'vitest';
import { mainWindowOptions, reportWindowOptions } from './window-options.ts';

const state = { bounds: { x: 10, y: 20, width: 1200, height: 800 }, isMaximised: false };

test('every window is confined: isolated, sandboxed, without Node, with web security', () => {
  const main = mainWindowOptions(state, '/preload.cjs', false).webPreferences;
  const report = reportWindowOptions('walk', 'reports').webPreferences;
  for (const preferences of [main, report]) {
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
    });
  }
});

test('a report has no preload script, no scripts and a session in memory', () => {
  const { webPreferences } = reportWindowOptions('walk', 'reports');
  expect(webPreferences).toMatchObject({ javascript: false, partition: 'reports' });
  expect(webPreferences).not.toHaveProperty('preload');
  expect(webPreferences?.partition).not.toMatch(/^persist:/);
});

test('the window opens where it was', () => {
  expect(mainWindowOptions(state, '/preload.cjs', true)).toMatchObject({ ...state.bounds, show: false });
});
