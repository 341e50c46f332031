import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Axis,
  type AxisSpan,
  frameAt,
  frameCentre,
  frameLeft,
  isWhole,
  panSpan,
  spanAround,
  spanShowing,
  visibleFrames,
  wholeSpan,
  zoomSpan,
} from './axis.ts';

test('ten frames over 100 px are ten px each, and the playhead stands in their middle', () => {
  const axis: Axis = { span: [0, 9], width: 100 };
  expect(frameLeft(axis, 3)).toBe(30);
  expect(frameCentre(axis, 3)).toBe(35);
  expect(frameAt(axis, 39.9)).toBe(3);
  expect(frameAt(axis, 40)).toBe(4);
});

test('beyond the ends of the axis lies the nearest frame on show', () => {
  const axis: Axis = { span: [20, 29], width: 100 };
  expect(frameAt(axis, -50)).toBe(20);
  expect(frameAt(axis, 500)).toBe(29);
});

const frameCounts = fc.integer({ min: 1, max: 100_000 });
const parts = fc.double({ min: 0, max: 1, noNaN: true });

function someSpan(frameCount: number, from: number, length: number): AxisSpan {
  const span = zoomSpan(wholeSpan(frameCount), frameCount, from, Math.max(1e-4, length));
  expect(span[0]).toBeGreaterThanOrEqual(0);
  expect(span[1]).toBeLessThanOrEqual(frameCount - 1 + 1e-6);
  return span;
}

test('no zoom or pan leaves the clip', () => {
  fc.assert(
    fc.property(
      frameCounts,
      parts,
      parts,
      parts,
      fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      (count, from, length, anchor, by) => {
        for (const span of [
          panSpan(someSpan(count, from, length), count, by),
          zoomSpan(someSpan(count, from, length), count, anchor, Math.exp(by / 1e4)),
        ]) {
          expect(span[0]).toBeGreaterThanOrEqual(0);
          expect(span[1]).toBeLessThanOrEqual(count - 1 + 1e-6);
          expect(visibleFrames(span)).toBeGreaterThanOrEqual(Math.min(8, count) - 1e-6);
        }
      },
    ),
  );
});

test('zooming in keeps the frame under the pointer there', () => {
  const before: AxisSpan = [100, 299];
  const after = zoomSpan(before, 1000, 0.25, 0.5);
  expect(after).toEqual([125, 224]);
  expect(frameAt({ span: after, width: 800 }, 200)).toBe(frameAt({ span: before, width: 800 }, 200));
});

test('zooming out far enough shows the whole clip', () => {
  const span = zoomSpan([40, 60], 500, 0.5, 1000);
  expect(span).toEqual([0, 499]);
  expect(isWhole(span, 500)).toBe(true);
});

test('a span is shown with as many frames again around it, inside the clip', () => {
  expect(spanAround(100, 119, 1000)).toEqual([90, 129]);
  expect(spanAround(0, 49, 1000)).toEqual([0, 99]);
});

test('a frame on show moves nothing; one beyond turns the page to it', () => {
  expect(spanShowing([100, 199], 1000, 150)).toEqual([100, 199]);
  expect(spanShowing([100, 199], 1000, 200)).toEqual([190, 289]);
  expect(spanShowing([100, 199], 1000, 99)).toEqual([9, 108]);
});
