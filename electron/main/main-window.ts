import { BrowserWindow, type Dialog, type MessagePortMain, screen, type WebContents } from 'electron';
import type { HostEvents } from '../../contract/electron-bridge.ts';
import { APP_ENTRY } from './app-scheme.ts';
import { readJson, writeJsonAtomically } from './atomic-file.ts';
import { offerReload } from './crash-offer.ts';
import type { WindowEnd } from './engine-pipes.ts';
import { mainWindowOptions } from './window-options.ts';
import { keepWindowState, restoredWindowState } from './window-state.ts';

export interface MainWindowParts {
  readonly preload: string;
  /** Settings file of the window's place. */
  readonly stateFile: string;
  readonly devTools: boolean;
  readonly dialog: Dialog;
  /** The page is gone or loads again. */
  pageLeft(window: BrowserWindow): void;
}

/** Opens the application's window where it was last. */
export function openMainWindow(parts: MainWindowParts): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const state = restoredWindowState(readJson(parts.stateFile), areas);
  const window = new BrowserWindow(mainWindowOptions(state, parts.preload, parts.devTools));
  keepWindowState(window, (kept) => {
    try {
      writeJsonAtomically(parts.stateFile, kept);
    } catch {
      // A folder of settings that cannot be written costs the window's place, nothing else.
    }
  });
  offerReload(window, async (options) => (await parts.dialog.showMessageBox(window, options)).response);
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) parts.pageLeft(window);
  });
  window.webContents.on('render-process-gone', () => parts.pageLeft(window));
  window.once('ready-to-show', () => {
    if (state.isMaximised) window.maximize();
    window.show();
  });
  void window.loadURL(APP_ENTRY);
  return window;
}

/** Tells a page something, if there still is one. */
export function tellPage<C extends keyof HostEvents>(
  contents: WebContents,
  channel: C,
  value: HostEvents[C],
): void {
  if (!contents.isDestroyed()) contents.send(channel, value);
}

/** A window as the end of a pipe to the engine. */
export function windowEnd(contents: WebContents): WindowEnd<MessagePortMain> {
  const portChannel: keyof HostEvents = 'engine:port';
  return {
    id: contents.id,
    takePort: (pipe, port) => {
      if (!contents.isDestroyed()) contents.postMessage(portChannel, pipe, [port]);
    },
    engineGone: (pipe) => tellPage(contents, 'engine:gone', pipe),
  };
}
