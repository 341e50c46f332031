import { expect, test } from 'vitest';
import type { TakeInfo } from '../../../contract/takes.ts';
import { takeDescription, takeDetails } from './take-details.ts';

function take(choices: Partial<TakeInfo['choices']>, expectedErrorAfterMm: number): TakeInfo {
  return {
    id: 'take-1',
    clip: 'clip-1',
    madeAt: new Date(2026, 0, 5, 14, 3).getTime(),
    choices: {
      model: 'synsp++',
      strength: 0.8,
      featherFrames: 8,
      useLibrary: true,
      tags: [],
      device: 'auto',
      ...choices,
    },
    report: { device: 'cpu', summary: { expectedErrorAfterMm } },
  } as unknown as TakeInfo;
}

test('a line names what differs from a plain run, and no more', () => {
  expect(takeDetails(take({ strength: 1 }, 15.34))).toMatch(/^synsp\+\+ · 15\.3 mm · 100 % · 14:03/);
  expect(takeDetails(take({ range: [10, 90], joints: [true, false] }, 15.34))).toContain(
    ' · 80 % · 10–90 · some joints · ',
  );
});

test('what is left of the error stands beside the strength', () => {
  expect(takeDetails(take({}, 15.34))).toMatch(/^synsp\+\+ · 15\.3 mm · 80 % · 14:03$/);
});

test('a foot lock is named where there is one', () => {
  expect(takeDetails(take({ footLock: 'auto' }, 0))).toContain(' · lock auto · ');
  expect(takeDescription(take({ footLock: 'strong' }, 0))).toContain('; foot lock strong; ');
  for (const text of [takeDetails, takeDescription]) {
    expect(text(take({ footLock: 'off' }, 0))).not.toContain('lock');
    expect(text(take({}, 0))).not.toMatch(/lock|;\s*;/);
  }
});

test('a filter has no expected error to print', () => {
  expect(takeDetails(take({ model: 'median' }, 0))).toMatch(/^median · 80 % · [^m]*$/);
});

test('the description says in words what the line abbreviates', () => {
  expect(takeDescription(take({ range: [10, 90], joints: [true, false], useLibrary: false }, 0))).toContain(
    'frames 10 to 90, feather 8; 1 of 2 joints; no references; on cpu; expected error unknown',
  );
});
