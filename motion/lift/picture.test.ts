import { describe, expect, test } from 'vitest';
import { raysOfPixels, readPicture } from './picture.ts';

const FOCAL = 1.2;

describe('readPicture', () => {
  test('pixels of a known picture stay as they are; the focal length is a share of the longer side', () => {
    const { points, unit, picture } = readPicture(Float64Array.of(540, 960), [1080, 1920], FOCAL);
    expect([...points]).toEqual([540, 960]);
    expect(unit).toBe('pixels');
    expect(picture).toEqual({ size: [1080, 1920], isSizeAssumed: false, focalLength: 2304 });
  });

  test.each([
    { extent: [600, 300], size: [640, 360] },
    { extent: [300, 600], size: [360, 640] },
    { extent: [900, 950], size: [1000, 1000] },
    { extent: [1900, 900], size: [1920, 1080] },
    { extent: [9000, 50], size: [9000, 50] },
  ])('points up to $extent fit into a picture of $size', ({ extent, size }) => {
    const { picture } = readPicture(Float64Array.of(10, 10, ...extent, Number.NaN, Number.NaN), null, FOCAL);
    expect(picture.size).toEqual(size);
    expect(picture.isSizeAssumed).toBe(true);
  });

  test('shares of the picture become pixels', () => {
    const { points, unit } = readPicture(
      Float64Array.of(0.5, 0.25, Number.NaN, Number.NaN),
      [1000, 800],
      FOCAL,
    );
    expect(unit).toBe('shares');
    expect([...points]).toEqual([500, 200, Number.NaN, Number.NaN]);
  });

  test('half widths from the middle become pixels', () => {
    const { points, unit } = readPicture(Float64Array.of(-1, 0, 0.5, 0.5), [1000, 800], FOCAL);
    expect(unit).toBe('centred');
    expect([...points]).toEqual([0, 400, 750, 650]);
  });

  test('no points at all are no reason to fail', () => {
    const { picture } = readPicture(Float64Array.of(Number.NaN, Number.NaN), null, FOCAL);
    expect(picture.focalLength).toBeGreaterThan(0);
  });
});

test('a ray points right and up for a pixel right of and above the middle', () => {
  const picture = { size: [1000, 800], isSizeAssumed: false, focalLength: 500 } as const;
  const rays = raysOfPixels([750, 150, 500, 400], picture);
  expect(rays[0]).toBeCloseTo(0.5, 12);
  expect(rays[1]).toBeCloseTo(0.5, 12);
  expect(rays[2]).toBeCloseTo(0, 12);
  expect(rays[3]).toBeCloseTo(0, 12);
});
