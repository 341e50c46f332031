import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { parseJson } from './json-text.ts';
import { textBytes } from './made-points.ts';

test('NaN and infinities of Python become null, inside strings they stay', () => {
  const text = '\u00ef\u00bb\u00bf{"a": [NaN, -Infinity, 1], "NaN \\" Infinity": "NaN"}';
  expect(parseJson(textBytes(text), 'a.json')).toEqual({ a: [null, null, 1], 'NaN " Infinity': 'NaN' });
});

test('names are read as UTF-8', () => {
  expect(parseJson(textBytes('{"\u00c3\u00a4": 1}'), 'a.json')).toEqual({ ä: 1 });
});

test.each([
  ['', 'a.json:file: the file is empty'],
  ['{"a": [1, 2,\n 3', 'a.json:2: the text ends in the middle; the file is cut off'],
  ['{"a": 1,\n\n nonsense}', 'a.json:3: this is no JSON from here on'],
])('%j is refused with its line', (text, message) => {
  expect(() => parseJson(textBytes(text), 'a.json')).toThrow(FormatError);
  expect(() => parseJson(textBytes(text), 'a.json')).toThrow(message);
});

test('a text that is too long is refused before it is parsed', () => {
  expect(() => parseJson(new Uint8Array(3 * 1024 * 1024), 'a.json', 2 * 1024 * 1024)).toThrow(
    'a.json:file: 3 MB of JSON; at most 2 MB are read; save the positions as NPY or NPZ, or split the clip',
  );
});

test('many quotes without an end take no longer than the text', () => {
  const start = performance.now();
  expect(() => parseJson(textBytes(`NaN "${'\\"'.repeat(500_000)}`), 'a.json')).toThrow(FormatError);
  expect(performance.now() - start).toBeLessThan(5000);
});
