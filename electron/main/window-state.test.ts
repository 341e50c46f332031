import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readJson, writeJsonAtomically } from './atomic-file.ts';
import { keepWindowState, restoredWindowState } from './window-state.ts';

const LEFT = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 };
const kept = { bounds: { x: 2000, y: 50, width: 1100, height: 700 }, isMaximised: true };

test('a window opens where it was, while its display is there', () => {
  expect(restoredWindowState(kept, [LEFT, RIGHT])).toEqual(kept);
});

test('without its display it keeps its size, in the middle of the one that is left', () => {
  const { bounds, isMaximised } = restoredWindowState(kept, [LEFT]);
  expect([bounds, isMaximised]).toEqual([{ width: 1100, height: 700 }, true]);
  const huge = { ...kept, bounds: { ...kept.bounds, width: 3000, height: 2000 } };
  expect(restoredWindowState(huge, [LEFT]).bounds).toEqual({ width: 1920, height: 1040 });
});

test('a title bar above or below every display cannot be gripped', () => {
  for (const y of [-30, 1010]) {
    const state = restoredWindowState({ ...kept, bounds: { ...kept.bounds, x: 0, y } }, [LEFT]);
    expect(state.bounds).not.toHaveProperty('y');
  }
});

test('whatever stands in the file, there is a window', () => {
  const size = { width: 1440, height: 900 };
  for (const damaged of [
    undefined,
    null,
    'x',
    [],
    { bounds: {} },
    { ...kept, bounds: { ...kept.bounds, x: '1' } },
  ]) {
    expect(restoredWindowState(damaged, [LEFT])).toEqual({ bounds: size, isMaximised: false });
  }
  expect(restoredWindowState(undefined, [])).toEqual({ bounds: size, isMaximised: false });
});

test('settings are written whole; a damaged file reads as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'posemend-settings-'));
  const path = join(folder, 'window.json');
  try {
    writeJsonAtomically(path, kept);
    writeJsonAtomically(path, kept);
    expect(readJson(path)).toEqual(kept);
    expect(readdirSync(folder)).toEqual(['window.json']);
    writeFileSync(path, '{"bounds": ');
    expect(readJson(path)).toBeUndefined();
    expect(readJson(join(folder, 'missing.json'))).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('many moves are written once, and closing writes at once', () => {
  vi.useFakeTimers();
  const events = new EventEmitter();
  const written: unknown[] = [];
  const window = {
    getNormalBounds: () => kept.bounds,
    isMaximized: () => false,
    isDestroyed: () => false,
    on: (event: string, listener: () => void) => events.on(event, listener),
  };
  keepWindowState(window, (state) => written.push(state));
  for (let step = 0; step < 5; step++) events.emit('move');
  expect(written).toEqual([]);
  vi.runAllTimers();
  expect(written).toEqual([{ bounds: kept.bounds, isMaximised: false }]);
  events.emit('resize');
  events.emit('close');
  vi.runAllTimers();
  expect(written).toHaveLength(2);
  vi.useRealTimers();
});
