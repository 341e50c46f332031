import { expect, test } from 'vitest';
import { linearViridisTable, writeViridis } from './viridis.ts';

function viridis(value: number): number[] {
  const out = new Float32Array(3);
  writeViridis(value, out, 0);
  return [...out];
}

test('the ends of the map are dark violet and yellow, and values beyond them stay there', () => {
  expect(viridis(0).map((part) => Math.round(part * 255))).toEqual([68, 1, 84]);
  expect(viridis(1).map((part) => Math.round(part * 255))).toEqual([253, 231, 37]);
  expect(viridis(-3)).toEqual(viridis(0));
  expect(viridis(7)).toEqual(viridis(1));
});

test('lightness grows with the value all along the map', () => {
  const table = linearViridisTable();
  const luminance = Array.from(
    { length: 256 },
    (_, entry) => 0.2126 * table[entry * 3] + 0.7152 * table[entry * 3 + 1] + 0.0722 * table[entry * 3 + 2],
  );
  for (let entry = 1; entry < 256; entry++) expect(luminance[entry]).toBeGreaterThan(luminance[entry - 1]);
});

test('a value that is not known is grey, not the worst colour', () => {
  expect(viridis(Number.NaN)).toEqual([0.5, 0.5, 0.5]);
});
