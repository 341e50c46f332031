import { beforeEach, expect, test, vi } from 'vitest';
import type { RefineEvent, TakeInfo } from '../../contract/takes.ts';
import { EMPTY_TAKE_FRAMES } from '../../test/empty-take-frames.ts';
import { useActivity } from '../state/activity.ts';
import { newClipEdits, useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { cancelJob, removeTake, renameTake, startRefine } from './refine.ts';

const CLIP = 'clip-a';

const removed: string[] = [];
let sendFrames: () => void = () => {};

vi.mock('../host/host.ts', () => ({ host: {} }));
vi.mock('@mantine/notifications', () => ({ notifications: { show: () => {} } }));
vi.mock('../engine/client.ts', () => ({
  isCancelled: () => false,
  isGone: () => false,
  failureText: String,
  engine: () => ({
    takes: {
      refine: async function* (): AsyncGenerator<RefineEvent> {
        const take = { id: 'take-1', clip: CLIP, report: { lowQuality: [] } } as unknown as TakeInfo;
        yield { kind: 'done', take };
      },
      frames: () =>
        new Promise((resolve) => {
          sendFrames = () => resolve(EMPTY_TAKE_FRAMES);
        }),
      remove: async ({ take }: { take: string }) => {
        removed.push(take);
      },
    },
  }),
}));

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  removed.length = 0;
  poseShelf.drop('take-1');
  useDocument.setState({
    order: [CLIP],
    activeClip: CLIP,
    edits: { [CLIP]: newClipEdits('synsp++') },
    clips: { [CLIP]: { info: { name: 'walk' } } as never },
    takes: {},
  });
  useDocument.temporal.getState().clear();
});

test('a finished refine leaves a take and no job', async () => {
  const done = startRefine(CLIP);
  await settle();
  sendFrames();
  await done;
  expect(useDocument.getState().edits[CLIP].takes).toEqual(['take-1']);
  expect(poseShelf.poses('take-1')).toBeDefined();
  expect(useActivity.getState().jobs).toEqual([]);
});

test('a cancel while the frames of the finished take arrive leaves nothing of it', async () => {
  const done = startRefine(CLIP);
  await settle();
  cancelJob(useActivity.getState().jobs[0].id);
  sendFrames();
  await done;
  expect(useDocument.getState().edits[CLIP].takes).toEqual([]);
  expect(poseShelf.poses('take-1')).toBeUndefined();
  expect(removed).toEqual(['take-1']);
  expect(useActivity.getState().jobs).toEqual([]);
});

test('a take whose clip nobody can bring back is removed', async () => {
  const done = startRefine(CLIP);
  await settle();
  useDocument.setState({ order: [], activeClip: null });
  useDocument.temporal.getState().clear();
  sendFrames();
  await done;
  expect(removed).toEqual(['take-1']);
  expect(poseShelf.poses('take-1')).toBeUndefined();
});

test('a name taken away from a take that has none is no step to undo', async () => {
  const done = startRefine(CLIP);
  await settle();
  sendFrames();
  await done;
  const steps = () => useDocument.temporal.getState().pastStates.length;
  const before = steps();
  renameTake(CLIP, 'take-1', '  ');
  expect(steps()).toBe(before);
  renameTake(CLIP, 'take-1', ' clean ');
  expect(useDocument.getState().edits[CLIP].takeNames).toEqual({ 'take-1': 'clean' });
  removeTake(CLIP, 'take-1');
  expect(useDocument.getState().edits[CLIP].compare).toEqual({ a: 'input', b: null });
});
