import { expect, test } from 'vitest';
import { FLOOR_CHARACTERS, FLOOR_QUADS, writeFloorNumbers } from './floor-numbers.ts';

function written(x: number, z: number, quarter: number) {
  const positions = new Float32Array(FLOOR_QUADS * 18);
  const uvs = new Float32Array(FLOOR_QUADS * 12);
  const quads = writeFloorNumbers(x, z, quarter, positions, uvs);
  const text = Array.from({ length: quads }, (_, quad) => {
    const cell = Math.round(
      Math.min(...uvs.filter((_, at) => at % 2 === 0 && Math.floor(at / 12) === quad)) * 11,
    );
    return FLOOR_CHARACTERS[cell];
  });
  return { positions, quads, text: text.join('') };
}

test('around the origin the numbers run from −5 to 5 along both lines, with one zero', () => {
  const { text } = written(0, 0, 0);
  expect([...text].filter((character) => character === '−').length).toBe(10);
  expect([...text].filter((character) => character === '0').length).toBe(1);
});

test('numbers name the metre they lie at: 17 m out the first is 12', () => {
  const { positions, text } = written(17, 100, 0);
  // Digits are written from the last to the first.
  expect(text.slice(0, 2)).toBe('21');
  expect(Math.floor(positions[0])).toBe(12);
});

test('every number fits the buffers, even three digits and a minus', () => {
  expect(written(-500, -500, 2).quads).toBe(21 * 4);
});

test('read from +X, the writing runs towards -Z', () => {
  const { positions } = written(0, 0, 1);
  // Left and right upper... corners 0 and 1 of the first quad differ only across.
  expect(positions[3]).toBeCloseTo(positions[0], 6);
  expect(positions[5]).toBeLessThan(positions[2]);
});
