import { expect, test, vi } from 'vitest';
import { EMPTY_TAKE_FRAMES } from '../../test/empty-take-frames.ts';
import { newClipEdits, undo, useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { reopenSession } from './reopen-session.ts';

const told: string[] = [];

vi.mock('@mantine/notifications', () => ({
  notifications: { show: ({ title }: { title: string }) => told.push(title) },
}));
vi.mock('../engine/client.ts', () => ({
  isGone: () => false,
  failureText: String,
  engine: () => ({
    clips: {
      open: async ({ id }: { id: string }) => {
        if (id === 'deleted') throw new Error('the file is gone');
      },
      frames: async () => EMPTY_TAKE_FRAMES,
    },
    takes: {
      info: async ({ take }: { take: string }) => {
        if (take === 'lost') throw new Error('the frames are gone');
        return { id: take };
      },
      frames: async () => EMPTY_TAKE_FRAMES,
    },
  }),
}));

test('what the engine no longer has is taken off the list for good, and what it has is shown', async () => {
  const edits = {
    ...newClipEdits('synsp++'),
    takes: ['lost', 'kept'],
    takeNumbers: { lost: 1, kept: 2 },
    compare: { a: 'input', b: 'lost' },
  };
  const record = (name: string) => ({ file: { name, token: name }, choices: {} }) as never;
  useDocument.setState({
    order: ['deleted', 'walk'],
    activeClip: 'deleted',
    edits: { deleted: newClipEdits('synsp++'), walk: edits },
    clips: { deleted: record('deleted.bvh'), walk: record('walk.bvh') },
    takes: {},
  });
  useDocument.temporal.getState().clear();
  await reopenSession();
  undo();
  const { order, activeClip, takes } = useDocument.getState();
  expect(order).toEqual(['walk']);
  expect(activeClip).toBe('walk');
  expect(Object.keys(takes)).toEqual(['kept']);
  expect(useDocument.getState().edits.walk).toMatchObject({
    takes: ['kept'],
    compare: { a: 'input', b: 'kept' },
  });
  expect(poseShelf.poses('kept')).toBeDefined();
  expect(told).toEqual(['deleted.bvh could not be opened again', 'Take 1 is no longer there']);
});
