import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowEnvelope } from './low-envelope.ts';

test('a level counts once it is held; a touch does not', () => {
  //                      touch          held
  const values = [5, 5, 5, 1, 5, 5, 5, 5, 2, 2, 2, 5, 5, 5];
  expect([...lowEnvelope(values, 1, 1)]).toEqual([5, 5, 5, 5, 5, 5, 5, 2, 2, 2, 2, 2, 5, 5]);
});

test('it is the least of the most, by its definition', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 8 }),
      (values, held, reach) => {
        const around = (list: number[], at: number, by: number) =>
          list.slice(Math.max(0, at - by), at + by + 1);
        const most = values.map((_, at) => Math.max(...around(values, at, held)));
        const least = values.map((_, at) => Math.min(...around(most, at, reach + held)));
        expect([...lowEnvelope(values, held, reach)]).toEqual(least);
      },
    ),
  );
});
