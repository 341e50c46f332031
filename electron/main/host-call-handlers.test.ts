import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileGrants } from '../../native-model/process/file-grants.ts';
import { FileIntake } from './file-intake.ts';
import { hostCallHandlers } from './host-call-handlers.ts';
import { RecentFiles } from './recent-files.ts';
import type { SaveDialogs } from './save-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-calls-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function scene(dialogs: Partial<SaveDialogs> = {}, bodyModel: string | null = null) {
  const granted = new Map<string, string>();
  const notices: string[] = [];
  const shown: string[] = [];
  const asked: string[] = [];
  const grants = new FileGrants((token, path) => granted.set(token, path));
  const recent = new RecentFiles(join(folder, 'recent.json'), () => {});
  const intake = new FileIntake({
    grant: (path) => grants.grant(path),
    remember: (path) => recent.add(path),
    notice: (reasons) => notices.push(...reasons),
  });
  const handlers = hostCallHandlers({
    intake,
    recent,
    saveDialogs: {
      askFile: async (path) => {
        asked.push(path);
        return path;
      },
      askFolder: async (path) => {
        asked.push(path);
        return folder;
      },
      ...dialogs,
    },
    connectEngine: async () => 1,
    askForClips: async () => [],
    askForBodyModel: async () => bodyModel,
    startListening: () => {},
    grantSample: () => grants.grant('/assets/sample.bvh'),
    showInFolder: (path) => shown.push(path),
    showPage: () => {},
    saveFolder: () => folder,
  });
  return { handlers, granted, notices, shown, asked, intake, recent };
}

function clip(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'HIERARCHY');
  return path;
}

test('the engine learns the path of a token, the window a name and which folder is which', async () => {
  const { handlers, granted } = scene();
  const path = clip('walk.bvh');
  const [file] = await handlers['files:dropped']([path]);
  expect(granted.get(file.token)).toBe(path);
  expect(file.token).toMatch(/^[\w-]{32}$/);
  expect(file.name).toBe('walk.bvh');
  expect(JSON.stringify(file)).not.toContain(folder);
  const [again] = await handlers['files:dropped']([path]);
  const [beside] = await handlers['files:dropped']([clip('run.npy')]);
  expect(again).toEqual(file);
  expect(beside.folder).toBe(file.folder);
  expect(beside.token).not.toBe(file.token);
});

test('what can be opened is opened; a notice names the rest, and if nothing is left the call fails', async () => {
  const { handlers, granted, notices } = scene();
  const files = await handlers['files:dropped']([clip('walk.bvh'), clip('notes.txt'), '']);
  expect(files.map(({ name }) => name)).toEqual(['walk.bvh']);
  expect(notices).toHaveLength(2);
  await expect(handlers['files:dropped'](['/etc/passwd'])).rejects.toThrow('passwd is not a motion clip');
  expect(granted.size).toBe(1);
});

test('files of one frame each are one clip: the folder they lie in, which is among the recent ones', async () => {
  const { handlers, granted } = scene();
  mkdirSync(join(folder, 'json'));
  const frames = [0, 1, 2].map((frame) => clip(join('json', `walk_00000000000${frame}_keypoints.json`)));
  const files = await handlers['files:dropped'](frames);
  expect(files.map(({ name, token }) => [name, granted.get(token)])).toEqual([
    ['json', join(folder, 'json')],
  ]);
  const [{ id, name }] = await handlers['recent:list']();
  expect(name).toBe('json');
  expect((await handlers['recent:open'](id)).token).toBe(files[0].token);
});

test('a body model is granted and is no recent file; thinking better of it is null', async () => {
  const path = clip('SMPL_NEUTRAL.npz');
  const { handlers, granted } = scene({}, path);
  const model = await handlers['files:pick-body-model']();
  expect(granted.get(model?.token ?? '')).toBe(path);
  expect(await handlers['recent:list']()).toEqual([]);
  expect(await scene().handlers['files:pick-body-model']()).toBeNull();
  await expect(scene({}, clip('walk.bvh')).handlers['files:pick-body-model']()).rejects.toThrow(
    'walk.bvh is not a body model',
  );
});

test('a recent file opens by its id; one that is gone leaves the list with a sentence', async () => {
  const { handlers } = scene();
  const path = clip('walk.bvh');
  await handlers['files:dropped']([path]);
  const [{ id, name }] = await handlers['recent:list']();
  expect(name).toBe('walk.bvh');
  expect((await handlers['recent:open'](id)).name).toBe('walk.bvh');
  rmSync(path);
  await expect(handlers['recent:open'](id)).rejects.toThrow('walk.bvh is no longer in the folder');
  expect(await handlers['recent:list']()).toEqual([]);
  await expect(handlers['recent:open']('made-up')).rejects.toThrow('no longer on the list');
});

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

test('one file goes where the user says, and the next dialog starts there', async () => {
  const chosen = (): string => join(folder, 'mine.bvh');
  const asked: string[] = [];
  const { handlers } = scene({
    askFile: async (path) => {
      asked.push(path);
      return chosen();
    },
  });
  const saved = await handlers['save:files']([{ name: '../../walk.bvh', bytes: bytesOf('clip') }]);
  expect(saved?.place).toBe(chosen());
  expect(readFileSync(chosen(), 'utf8')).toBe('clip');
  expect(asked).toEqual([join(folder, 'walk.bvh')]);
});

test('several files go into a folder, and none over a file that is there', async () => {
  const { handlers } = scene();
  writeFileSync(join(folder, 'walk.bvh'), 'mine');
  const files = ['walk.bvh', 'run.bvh'].map((name) => ({ name, bytes: bytesOf(name) }));
  const saved = await handlers['save:files'](files);
  expect(saved?.place).toBe(folder);
  expect(readdirSync(folder).sort()).toEqual(['run.bvh', 'walk (2).bvh', 'walk.bvh']);
  expect(readFileSync(join(folder, 'walk.bvh'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'walk (2).bvh'), 'utf8')).toBe('walk.bvh');
});

test('a clip keeps the name its script calls it by: where it is taken, both go into a new folder', async () => {
  const { handlers, asked } = scene();
  const files = ['walk.fbx', 'PoseMendImport.cs'].map((name) => ({ name, bytes: bytesOf(name) }));
  expect((await handlers['save:files'](files))?.place).toBe(folder);
  expect((await handlers['save:files'](files))?.place).toBe(join(folder, 'walk'));
  // The next dialog starts where the user has been, not in the new folder.
  await handlers['save:files'](files);
  expect(asked).toEqual([folder, folder, folder]);
  expect(readdirSync(folder).sort()).toEqual(['PoseMendImport.cs', 'walk', 'walk (2)', 'walk.fbx']);
  expect(readdirSync(join(folder, 'walk (2)')).sort()).toEqual(['PoseMendImport.cs', 'walk.fbx']);
});

test('a name that is too long for the disk in its own script is shortened', async () => {
  const { handlers } = scene();
  const saved = await handlers['save:files']([{ name: `${'走'.repeat(115)}.bvh`, bytes: bytesOf('clip') }]);
  expect(readdirSync(folder)).toEqual([`${'走'.repeat(65)}.bvh`]);
  expect(saved?.place).toBe(join(folder, readdirSync(folder)[0]));
});

test('the longest name the disk takes can be chosen', async () => {
  const longest = join(folder, `${'走'.repeat(83)}.bvh`);
  const { handlers } = scene({ askFile: async () => longest });
  await handlers['save:files']([{ name: 'walk.bvh', bytes: bytesOf('clip') }]);
  expect(readFileSync(longest, 'utf8')).toBe('clip');
});

test('a suffix the user left out is added, without taking the file that has that name', async () => {
  writeFileSync(join(folder, 'walk.bvh'), 'mine');
  const { handlers } = scene({ askFile: async () => join(folder, 'walk') });
  const saved = await handlers['save:files']([{ name: 'walk.bvh', bytes: bytesOf('new') }]);
  expect(saved?.place).toBe(join(folder, 'walk (2).bvh'));
  expect(readFileSync(join(folder, 'walk.bvh'), 'utf8')).toBe('mine');
});

test('only what was written in this run can be shown in the file manager', async () => {
  const { handlers, shown } = scene();
  const saved = await handlers['save:files']([{ name: 'walk.bvh', bytes: bytesOf('clip') }]);
  await handlers['save:reveal'](saved?.id ?? '');
  expect(shown).toEqual([join(folder, 'walk.bvh')]);
  expect(() => handlers['save:reveal']('/etc/passwd')).toThrow('written in this run');
  expect(shown).toHaveLength(1);
});

test('a user who thinks better of it writes nothing', async () => {
  const { handlers } = scene({ askFile: async () => null, askFolder: async () => null });
  const file = { name: 'walk.bvh', bytes: bytesOf('clip') };
  expect(await handlers['save:files']([file])).toBeNull();
  expect(await handlers['save:files']([file, file])).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that cannot be written is named as a reason, and nothing is left behind', async () => {
  const { handlers } = scene({ askFile: async () => join(folder, 'gone', 'walk.bvh') });
  const save = handlers['save:files']([{ name: 'walk.bvh', bytes: bytesOf('clip') }]);
  await expect(save).rejects.toThrow('walk.bvh was not written: the folder is not there any more');
  expect(readdirSync(folder)).toEqual([]);
});
