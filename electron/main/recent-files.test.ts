import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecentFiles } from './recent-files.ts';

let settings: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-recent-'));
  settings = join(folder, 'recent.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (changed = () => {}) => new RecentFiles(settings, changed, () => true);

test('the newest ten stand first, each once, from run to run', () => {
  const recent = open();
  for (let take = 0; take < 12; take++) recent.add(`/takes/take-${take}.bvh`);
  recent.add('/takes/take-5.bvh');
  const names = open()
    .list()
    .map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['take-5.bvh', 'take-11.bvh', 'take-10.bvh']);
  expect(names).toHaveLength(10);
  expect(new Set(names).size).toBe(10);
});

test('a window sees names and the last folder, not paths', () => {
  const recent = open();
  recent.add('/home/someone/takes/walk.bvh');
  const [entry] = recent.list();
  expect(entry).toMatchObject({ name: 'walk.bvh', folder: 'takes' });
  expect(JSON.stringify(entry)).not.toContain('someone');
  expect(recent.pathOf(entry.id)).toBe('/home/someone/takes/walk.bvh');
});

test('a damaged list, or one with other files in it, is no obstacle', () => {
  writeFileSync(settings, '[1, {');
  expect(open().list()).toEqual([]);
  writeFileSync(settings, JSON.stringify(['/etc/passwd', '/takes/walk.bvh', '/takes/keypoints3d/']));
  expect(
    open()
      .list()
      .map(({ name }) => name),
  ).toEqual(['walk.bvh', 'keypoints3d']);
});

test('every change is told, and clearing forgets', () => {
  let changes = 0;
  const recent = open(() => changes++);
  recent.add('/takes/walk.bvh');
  recent.clear();
  expect(changes).toBe(2);
  expect(open().list()).toEqual([]);
});
