import { expect, test } from 'vitest';
import type { ModelSummary } from '../../../contract/engine-info.ts';
import type { TakeInfo } from '../../../contract/takes.ts';
import { newClipEdits } from '../../state/document.ts';
import { rerunNote } from './rerun-note.ts';

const MODELS: ModelSummary[] = [
  { name: 'net', kind: 'network', title: 'net', version: '1' },
  { name: 'median', kind: 'filter', title: 'median', version: '1' },
];
const EDITS = newClipEdits('net');

function takeOf(change: Partial<TakeInfo['choices']>): TakeInfo {
  const { model, strength, featherFrames, joints, useLibrary, tags, device } = EDITS;
  const choices = { model, strength, featherFrames, joints, useLibrary, tags, device, ...change };
  return { choices } as unknown as TakeInfo;
}

test('another strength, range or set of joints reuses the answer', () => {
  const take = takeOf({});
  const reuses = 'reuses the network’s answer';
  expect(rerunNote({ ...EDITS, strength: 0.5 }, [take], MODELS)).toContain(reuses);
  expect(rerunNote({ ...EDITS, range: [3, 9] }, [take], MODELS)).toContain(reuses);
  expect(rerunNote({ ...EDITS, joints: EDITS.joints.map(() => false) }, [take], MODELS)).toContain(reuses);
});

test('another foot lock reuses the answer; takes that say nothing of it have none', () => {
  const { footLock: _, ...silent } = { ...takeOf({}).choices, footLock: 'off' as const };
  const take = { choices: silent } as unknown as TakeInfo;
  expect(rerunNote({ ...EDITS, footLock: 'auto' }, [take], MODELS)).toContain('reuses the network’s answer');
  expect(rerunNote(EDITS, [take], MODELS)).toContain('there already');
  expect(rerunNote({ ...EDITS, footLock: 'auto' }, [takeOf({ footLock: 'auto' })], MODELS)).toContain(
    'there already',
  );
});

test('other references or another person ask the network anew', () => {
  expect(rerunNote({ ...EDITS, useLibrary: false }, [takeOf({})], MODELS)).toContain('anew');
  expect(rerunNote({ ...EDITS, tags: ['walk'] }, [takeOf({})], MODELS)).toContain('anew');
  expect(rerunNote({ ...EDITS, person: 'p1' }, [takeOf({})], MODELS)).toContain('anew');
});

test('an answer of any earlier take counts, and the order of tags does not matter', () => {
  const takes = [takeOf({ tags: ['a', 'b'] }), takeOf({ model: 'median' })];
  expect(rerunNote({ ...EDITS, tags: ['b', 'a'], strength: 0.2 }, takes, MODELS)).toContain('reuses');
});

test('settings that gave a take already are recognised, whatever feather a whole clip has', () => {
  expect(rerunNote({ ...EDITS, featherFrames: 20 }, [takeOf({})], MODELS)).toContain('there already');
  const ranged = takeOf({ range: [3, 9] });
  expect(rerunNote({ ...EDITS, range: [3, 9], featherFrames: 20 }, [ranged], MODELS)).toContain('reuses');
});

test('a filter does not depend on the library', () => {
  const take = takeOf({ model: 'median', strength: 0.5 });
  expect(rerunNote({ ...EDITS, model: 'median', useLibrary: false }, [take], MODELS)).toContain('reuses');
});
