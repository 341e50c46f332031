import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { WindowState } from './window-state.ts';

/** Smallest size at which every panel can still be reached. */
const MINIMUM = { width: 900, height: 600 };

/** What every window of ours has, said out loud even where it is Electron's default. */
const CONFINED: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

/** @param devTools whether the developer tools can be opened: not in a packaged application */
export function mainWindowOptions(
  state: WindowState,
  preload: string,
  devTools: boolean,
): BrowserWindowConstructorOptions {
  return {
    ...state.bounds,
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    title: 'PoseMend',
    backgroundColor: '#1e1e1e',
    // Shown when it has something to show.
    show: false,
    webPreferences: { ...CONFINED, preload, devTools },
  };
}

/** Reports: no preload script, no scripts at all, and a session that shares nothing with the application's. */
export function reportWindowOptions(title: string, partition: string): BrowserWindowConstructorOptions {
  return {
    width: 1000,
    height: 900,
    title,
    autoHideMenuBar: true,
    webPreferences: { ...CONFINED, partition, javascript: false, devTools: false },
  };
}
