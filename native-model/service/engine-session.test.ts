import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RefineChoices, RefineEvent, TakeInfo } from '../../contract/takes.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import { assetsFolder } from '../inference/assets-folder.ts';
import { EngineSession } from './engine-session.ts';

const MEDIAN: RefineChoices = {
  model: 'median',
  strength: 1,
  featherFrames: 0,
  useLibrary: false,
  tags: [],
  device: 'cpu',
};

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let session: EngineSession;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'walk.bvh');
  copyFileSync(join(assetsFolder(), 'samples', 'performance-noisy.bvh'), file);
  session = startEngine();
});
afterEach(async () => {
  await session.dispose();
  folder.remove();
});

/** An engine on the folder, as it is started again after a crash. */
function startEngine(): EngineSession {
  const started = new EngineSession(folder.path);
  started.clips.grant('walk', file);
  return started;
}

async function refine(clip: string): Promise<TakeInfo> {
  const events: RefineEvent[] = [];
  await session.refine(clip, MEDIAN, undefined, (event) => events.push(event));
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error('there is no take');
  return last.take;
}

/** One digit of the motion becomes another. */
function changeFile(): string {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(/\d(\s*)$/, (_all, end) => `${text.trimEnd().endsWith('1') ? 2 : 1}${end}`);
  writeFileSync(file, changed);
  return text;
}

test('a clip whose file changed is not taken for what it was, by the engine started next', async () => {
  const [id, { sourceHash }] = await session.open('walk', {});
  const text = changeFile();
  const next = startEngine();
  await expect(next.open('walk', {}, id)).rejects.toThrow('walk.bvh: it has changed since it was opened');
  await expect(next.clips.clip(id)).rejects.toThrow('not open');
  // As another clip it opens, and put back it is the clip it was.
  expect((await next.open('walk', {}))[1].sourceHash).not.toBe(sourceHash);
  writeFileSync(file, text);
  expect((await next.open('walk', {}, id))[0]).toBe(id);
  await next.dispose();
});

test('a take is not written onto another clip', async () => {
  const [first] = await session.open('walk', {});
  const [second] = await session.open('walk', {});
  const take = await refine(first);
  expect((await session.take(take.id, first)).clip.name).toBe('walk');
  await expect(session.take(take.id, second)).rejects.toThrow('made of another clip');
});

test('frames that were asked for are whole, though their take is removed meanwhile', async () => {
  const [id] = await session.open('walk', {});
  const take = await refine(id);
  const frames = await session.takes.frames(take.id);
  await session.takes.remove(take.id);
  expect((await frames.arrayBuffer()).byteLength).toBe(frames.size);
  await expect(session.takes.frames(take.id)).rejects.toThrow('refine the clip again');
});

test('a take that cannot be kept is told so with the way out, and its folder is not made anew', async () => {
  const [id] = await session.open('walk', {});
  rmSync(join(folder.path, 'takes'), { recursive: true });
  await expect(refine(id)).rejects.toThrow('the temporary folder of this run is gone');
  expect(readdirSync(folder.path).sort()).toEqual(['clips', 'walk.bvh']);
});

test('what a dead engine left unfinished is removed by the next', async () => {
  const [id] = await session.open('walk', {});
  const take = await refine(id);
  const takes = join(folder.path, 'takes');
  copyFileSync(file, join(takes, 'take-half.part'));
  await startEngine().dispose();
  expect(readdirSync(takes)).toEqual([take.id]);
});
