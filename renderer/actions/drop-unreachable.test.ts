import { expect, test, vi } from 'vitest';
import { editClip, newClipEdits, useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { joinTake } from '../state/take-history.ts';
import { dropUnreachable } from './drop-unreachable.ts';

const removed: string[] = [];

vi.mock('../engine/client.ts', () => ({
  engine: () => ({ takes: { remove: async ({ take }: { take: string }) => removed.push(take) } }),
}));

test('frames of a removed take go, here and on disk, when undo no longer leads back to it', async () => {
  vi.useFakeTimers();
  vi.spyOn(poseShelf, 'drop');
  useDocument.setState({
    order: ['walk'],
    activeClip: 'walk',
    edits: { walk: newClipEdits('synsp++') },
    clips: { walk: {} as never },
  });
  useDocument.temporal.getState().clear();
  dropUnreachable();
  joinTake('walk', { id: 'take-1', clip: 'walk' } as never);
  editClip('walk', { takes: [] });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual([]);
  for (let n = 0; n < 201; n++) editClip('walk', { featherFrames: 100 + n });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual(['take-1']);
  expect(poseShelf.drop).toHaveBeenCalledWith('take-1');
  expect(useDocument.getState().takes).toEqual({});
  expect(useDocument.getState().clips).toHaveProperty('walk');
  vi.useRealTimers();
});
