import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { isCommandId } from '../../renderer/shortcuts/command-names.ts';
import { KEYMAPS } from '../../renderer/shortcuts/keymaps.ts';
import { menuTemplate } from './menu.ts';

const PLATFORMS = ['darwin', 'win32', 'linux'] as const;
const recent = [{ id: 'a', name: 'walk & run.bvh', folder: 'takes' }];

function menuOf(platform: NodeJS.Platform, isDevelopment = false) {
  const done: string[] = [];
  const template = menuTemplate(
    { platform, recent, isDevelopment },
    {
      command: (name) => done.push(name),
      openRecent: (id) => done.push(`recent ${id}`),
      clearRecent: () => done.push('clear'),
      showDocumentation: () => done.push('documentation'),
      showAbout: () => done.push('about'),
    },
  );
  return { template, items: flat(template), done };
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** Clicks as a user would; our items look at none of what Electron passes. */
const click = (item: MenuItemConstructorOptions): void => (item.click as () => void)();

test('every command of the menu is one the window knows, and choosing it sends it', () => {
  for (const platform of PLATFORMS) {
    const { items, done } = menuOf(platform);
    const commands = items.filter(({ id }) => id !== undefined);
    for (const item of commands) click(item);
    expect(done).toEqual(commands.map(({ id }) => id));
    expect(done.filter((name) => !isCommandId(name))).toEqual([]);
    for (const needed of [
      'open',
      'export',
      'close-clip',
      'undo',
      'redo',
      'toggle-layout',
      'play',
      'shortcuts',
    ]) {
      expect(done).toContain(needed);
    }
  }
});

test('the keys shown are those of every keymap, never single ones, and the menu does not take them', () => {
  const shown = menuOf('linux').items.filter(({ accelerator }) => accelerator !== undefined);
  expect(shown.length).toBeGreaterThan(3);
  for (const { id, accelerator, registerAccelerator } of shown) {
    expect(accelerator).toMatch(/^CmdOrCtrl\+/);
    expect(registerAccelerator).toBe(false);
    if (id === undefined || !isCommandId(id)) throw new Error(`${id} is no command`);
    for (const { keys } of Object.values(KEYMAPS)) {
      const [first] = keys[id] ?? [];
      expect(first.replace('$mod', 'CmdOrCtrl').toLowerCase()).toBe(accelerator?.toLowerCase());
    }
  }
});

test('macOS has its application menu; elsewhere quit, settings and about stand in the others', () => {
  const labels = (platform: NodeJS.Platform) =>
    menuOf(platform).template.map(({ label, role }) => label ?? role);
  expect(labels('darwin')).toEqual(['PoseMend', 'File', 'Edit', 'View', 'Playback', 'windowMenu', 'help']);
  for (const platform of ['win32', 'linux'] as const) {
    expect(labels(platform)).toEqual(['File', 'Edit', 'View', 'Playback', 'help']);
  }
  for (const platform of PLATFORMS) {
    const { items } = menuOf(platform);
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(items.filter(({ label }) => label === 'About PoseMend')).toHaveLength(1);
    expect(items.filter(({ label }) => label === 'Settings…')).toHaveLength(1);
  }
});

test('text fields keep cut, copy and paste of the system', () => {
  const roles = menuOf('linux').items.map(({ role }) => role);
  for (const role of ['cut', 'copy', 'paste', 'selectAll']) expect(roles).toContain(role);
});

test('recent files open by id and read as they are called; an empty list says so', () => {
  const { items, done } = menuOf('linux');
  const entry = items.find(({ label }) => label?.startsWith('walk'));
  expect(entry?.label).toBe('walk && run.bvh — takes');
  click(entry ?? {});
  expect(done).toEqual(['recent a']);
  const actions = { command() {}, openRecent() {}, clearRecent() {}, showDocumentation() {}, showAbout() {} };
  const empty = flat(menuTemplate({ platform: 'linux', recent: [], isDevelopment: false }, actions));
  expect(empty.find(({ label }) => label === 'No files yet')?.enabled).toBe(false);
});

test('the developer tools are offered in development only', () => {
  const hasTools = (isDevelopment: boolean) =>
    menuOf('linux', isDevelopment).items.some(({ role }) => role === 'toggleDevTools');
  expect([hasTools(true), hasTools(false)]).toEqual([true, false]);
});
