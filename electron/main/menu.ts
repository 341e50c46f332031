import type { MenuItemConstructorOptions } from 'electron';
import type { RecentEntry } from '../../contract/electron-bridge.ts';

/** What the menu's items do. */
export interface MenuActions {
  /** Sends the name of a command (renderer/shortcuts/commands.ts) to the window. */
  command(name: string): void;
  openRecent(id: string): void;
  clearRecent(): void;
  showDocumentation(): void;
  showAbout(): void;
}

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly recent: readonly RecentEntry[];
  /** Whether items for developers are shown: not in a packaged application. */
  readonly isDevelopment: boolean;
}

/**
 * The application's menu. Keys of commands are only shown: the page hears them itself, so that a text field and the
 * keymap of the user's choice come first. Single keys are never the menu's.
 */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = state.platform === 'darwin';
  const command = (label: string, name: string, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    click: () => actions.command(name),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = command('Settings…', 'settings');
  const about: MenuItemConstructorOptions = { label: 'About PoseMend', click: actions.showAbout };

  const application: MenuItemConstructorOptions = {
    label: 'PoseMend',
    submenu: [
      about,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      command('Open…', 'open', 'CmdOrCtrl+O'),
      { label: 'Open recent', submenu: recentItems(state.recent, actions) },
      command('Open the sample', 'open-sample'),
      separator,
      command('Export…', 'export', 'CmdOrCtrl+E'),
      command('Report', 'report'),
      separator,
      command('Close clip', 'close-clip'),
      ...(isMac ? [] : [separator, { role: 'quit' } as const]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [
      command('Undo', 'undo', 'CmdOrCtrl+Z'),
      command('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      separator,
      command('Refine', 'refine', 'CmdOrCtrl+Enter'),
      ...(isMac ? [] : [separator, settings]),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      command('Overlay or side by side', 'toggle-layout'),
      command('Ghosts', 'toggle-ghosts'),
      separator,
      command('Theme and scale…', 'settings'),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(state.isDevelopment ? [separator, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  const playback: MenuItemConstructorOptions = {
    label: 'Playback',
    submenu: [
      command('Play or pause', 'play'),
      separator,
      command('Next bad frames', 'next-bad'),
      command('Previous bad frames', 'previous-bad'),
      command('Worst frame', 'worst-bad'),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      command('Shortcuts', 'shortcuts'),
      { label: 'Documentation', click: actions.showDocumentation },
      ...(isMac ? [] : [separator, about]),
    ],
  };
  return [
    ...(isMac ? [application] : []),
    file,
    edit,
    view,
    playback,
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    help,
  ];
}

function recentItems(recent: readonly RecentEntry[], actions: MenuActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: 'No files yet', enabled: false }];
  return [
    ...recent.map(({ id, name, folder }) => ({
      // '&' alone would make a mnemonic of the letter after it.
      label: `${name} — ${folder}`.replaceAll('&', '&&'),
      click: () => actions.openRecent(id),
    })),
    { type: 'separator' },
    { label: 'Clear the list', click: actions.clearRecent },
  ];
}
