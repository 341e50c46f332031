import { expect, test } from 'vitest';
import { factText } from './fact-text.ts';

test('the reason is what stands in the last brackets', () => {
  expect(factText('cm (a body of 1.7 m)')).toEqual({ value: 'cm', reason: 'a body of 1.7 m' });
  expect(factText('h36m17 (17 joints (of 3))')).toEqual({ value: 'h36m17', reason: '17 joints (of 3)' });
});

test('brackets that are no remark stay in the value', () => {
  expect(factText('(120, 17, 3) of f32')).toEqual({ value: '(120, 17, 3) of f32', reason: '' });
  expect(factText('(120, 17, 3)')).toEqual({ value: '(120, 17, 3)', reason: '' });
  expect(factText('31 joints')).toEqual({ value: '31 joints', reason: '' });
});
