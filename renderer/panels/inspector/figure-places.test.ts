import { expect, test } from 'vitest';
import { BODY17_COUNT, BODY17_NAMES } from '../../../motion/skeleton/body17.ts';
import { FIGURE, FIGURE_PLACES } from './figure-places.ts';

test('the figure is symmetric and faces us', () => {
  BODY17_NAMES.forEach((name, joint) => {
    if (!name.startsWith('left')) return;
    const mirrored = BODY17_NAMES.indexOf(name.replace('left', 'right'));
    const [x, y] = FIGURE_PLACES[joint];
    expect(x).toBeGreaterThan(FIGURE.width / 2);
    expect(FIGURE_PLACES[mirrored]).toEqual([FIGURE.width - x, y]);
  });
});

test('no two buttons of 24 units overlap', () => {
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    for (let other = 0; other < joint; other++) {
      const [x, y] = FIGURE_PLACES[joint];
      const [otherX, otherY] = FIGURE_PLACES[other];
      expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThanOrEqual(24);
    }
  }
});
