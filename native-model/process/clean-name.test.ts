import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName } from './clean-name.ts';

test('a cleaned name is one plain file name, whatever the browser sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = cleanName(given);
      expect(name).not.toMatch(/[/\\:\0]|^\.|^$|[. ]$/);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(201);
      expect(cleanName(name)).toBe(name);
    }),
  );
  expect(cleanName(`${'走'.repeat(300)}.bvh`)).toBe(`${'走'.repeat(65)}.bvh`);
  expect(cleanName('C:\\takes\\walk 01.bvh')).toBe('walk 01.bvh');
  expect(cleanName('..')).toBe('clip');
  expect(cleanName('con.bvh')).toBe('_con.bvh');
});
