import { beforeEach, expect, test, vi } from 'vitest';
import type { GrantedFile } from '../../contract/host.ts';
import { closeDialog, openDialog, setActivity, useActivity } from '../state/activity.ts';
import { newClipEdits, useDocument } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { activateClip, closeClip, followActiveClip, openGranted } from './open-files.ts';

const opened: ((reason: Error) => void)[] = [];

vi.mock('../host/host.ts', () => ({ host: {} }));
vi.mock('./report-failure.ts', () => ({ reportFailure: () => {} }));
vi.mock('../engine/client.ts', () => ({
  engine: () => ({
    clips: {
      guess: async ({ file }: { file: string }) => ({
        format: file.split('.').at(-1),
        people: file.startsWith('two') ? [{ id: '0' }, { id: '1' }] : [],
        roots: file.startsWith('herd') ? ['Hips', 'Hips2'] : [],
        canLift: file.startsWith('flat'),
        isCertain: !file.endsWith('npy'),
      }),
      open: () => new Promise((_, reject) => opened.push(reject)),
    },
  }),
}));

const granted = (name: string): GrantedFile => ({ name, token: name }) as GrantedFile;
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const askedAbout = (): string | null => {
  const { dialog } = useActivity.getState();
  return dialog?.kind === 'import' ? dialog.file.name : null;
};

beforeEach(() => {
  opened.length = 0;
  setActivity({ dialog: null, opening: [], engine: 'ready' });
});

test('arrays dropped while another is asked about are asked about after it, and none is lost', async () => {
  void openGranted([granted('a.npy'), granted('b.npy')]);
  await settle();
  void openGranted([granted('c.npy')]);
  const asked: (string | null)[] = [];
  for (let n = 0; n < 4; n++) {
    await settle();
    asked.push(askedAbout());
    closeDialog();
  }
  expect(asked.filter((name) => name !== null).sort()).toEqual(['a.npy', 'b.npy', 'c.npy']);
});

test('whom to take of several, and whether 2D becomes 3D, is asked even where nothing is a guess', async () => {
  for (const name of ['two.json', 'flat.json', 'herd.bvh']) {
    void openGranted([granted(name)]);
    await settle();
    expect(askedAbout()).toBe(name);
    closeDialog();
    await settle();
  }
  void openGranted([granted('amass.npz')]);
  await settle();
  expect(askedAbout()).toBeNull();
  expect(useActivity.getState().opening).toEqual(['amass.npz']);
});

test('a file given while the engine starts waits for it', async () => {
  setActivity({ engine: 'connecting' });
  void openGranted([granted('a.npy')]);
  await settle();
  expect(askedAbout()).toBeNull();
  setActivity({ engine: 'ready' });
  await settle();
  expect(askedAbout()).toBe('a.npy');
  closeDialog();
  await settle();
});

test('a dialog that is open is not thrown away for a question', async () => {
  openDialog({ kind: 'settings' });
  void openGranted([granted('a.npy')]);
  await settle();
  expect(useActivity.getState().dialog).toEqual({ kind: 'settings' });
  closeDialog();
  await settle();
  expect(askedAbout()).toBe('a.npy');
  closeDialog();
  await settle();
});

test('of two files of one name under way, the end of one leaves the other', async () => {
  void openGranted([granted('walk.bvh')]);
  void openGranted([granted('walk.bvh')]);
  await settle();
  expect(useActivity.getState().opening).toEqual(['walk.bvh', 'walk.bvh']);
  opened[0](new Error('not this one'));
  await settle();
  expect(useActivity.getState().opening).toEqual(['walk.bvh']);
  opened[1](new Error('nor this'));
  await settle();
  expect(useActivity.getState().opening).toEqual([]);
});

test('each clip keeps its playhead, and no zoom of one clip is left for another, also after a close', () => {
  const record = { info: { frameCount: 50, frameTime: 0.1 } } as never;
  useDocument.setState({
    order: ['long', 'short'],
    activeClip: 'long',
    edits: { long: newClipEdits('synsp++'), short: newClipEdits('synsp++') },
    clips: { long: { info: { frameCount: 900, frameTime: 0.1 } } as never, short: record },
  });
  const stop = followActiveClip();
  playback.seek(700);
  activateClip('short');
  expect(playback.frame).toBe(0);
  activateClip('long');
  expect(playback.frame).toBe(700);
  setActivity({ timelineSpan: [600, 800], selectedReference: 3 });
  closeClip('long');
  expect(playback.frameCount).toBe(50);
  expect(useActivity.getState()).toMatchObject({ timelineSpan: null, selectedReference: null });
  stop();
});
