import { describe, expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { LAYOUTS } from '../../motion/skeleton/layouts.ts';
import { type Keypoints2d, keypointRays } from './keypoint-rays.ts';

const { names } = LAYOUTS.coco17;
/** Somebody who stands in a picture of 1000 x 1000, facing the camera, pixels. */
const STANDING: Readonly<Record<string, readonly [number, number]>> = {
  nose: [500, 200],
  leftEye: [510, 190],
  rightEye: [490, 190],
  leftEar: [520, 200],
  rightEar: [480, 200],
  leftShoulder: [560, 300],
  rightShoulder: [440, 300],
  leftElbow: [580, 400],
  rightElbow: [420, 400],
  leftWrist: [590, 500],
  rightWrist: [410, 500],
  leftHip: [540, 520],
  rightHip: [460, 520],
  leftKnee: [540, 680],
  rightKnee: [460, 680],
  leftAnkle: [540, 840],
  rightAnkle: [460, 840],
};

function standing(changes: Partial<Keypoints2d> = {}): Keypoints2d {
  const positions = Float64Array.from(names.flatMap((name) => STANDING[name]));
  return {
    layout: 'coco17',
    frameCount: 1,
    frameTime: 1 / 30,
    positions,
    confidence: null,
    imageSize: [1000, 1000],
    ...changes,
  };
}

describe('keypointRays', () => {
  test('left stays left and up is up: a ray is pixels from the middle over the focal length', () => {
    const { rays, confidence } = keypointRays(standing(), 1.25);
    expect(rays[BODY17.leftAnkle * 2]).toBeCloseTo(40 / 1250, 9);
    expect(rays[BODY17.leftAnkle * 2 + 1]).toBeCloseTo(-340 / 1250, 9);
    expect(rays[BODY17.head * 2 + 1]).toBeGreaterThan(rays[BODY17.pelvis * 2 + 1]);
    expect(rays[BODY17.pelvis * 2]).toBeCloseTo(0, 9);
    expect([...confidence]).toEqual(new Array(BODY17_COUNT).fill(1));
  });

  test('a joint made of several is as sure as the least sure of them, and lost with one of them', () => {
    const told = new Float64Array(17).fill(0.9);
    told[names.indexOf('leftHip')] = 0.4;
    told[names.indexOf('leftEar')] = 0.01;
    const { rays, confidence } = keypointRays(standing({ confidence: told }), 1.25);
    expect(confidence[BODY17.pelvis]).toBeCloseTo(0.4, 9);
    expect(confidence[BODY17.thorax]).toBeCloseTo(0.9, 9);
    expect(confidence[BODY17.head]).toBe(0);
    expect(rays[BODY17.head * 2]).toBeNaN();
  });

  test('a joint without a place is not seen, whatever its confidence', () => {
    const keypoints = standing({ confidence: new Float64Array(17).fill(1) });
    keypoints.positions[names.indexOf('rightWrist') * 2] = Number.NaN;
    expect(keypointRays(keypoints, 1.25).confidence[BODY17.rightWrist]).toBe(0);
  });

  test('a pixel in the very corner of the picture is nothing seen', () => {
    const keypoints = standing();
    keypoints.positions.fill(0, names.indexOf('leftKnee') * 2, names.indexOf('leftKnee') * 2 + 2);
    expect(keypointRays(keypoints, 1.25).confidence[BODY17.leftKnee]).toBe(0);
  });

  test('arrays of the wrong size are refused', () => {
    expect(() => keypointRays(standing({ frameCount: 2 }), 1.25)).toThrow(/2 frames of 17 coco17 joints/);
    expect(() => keypointRays(standing({ confidence: new Float64Array(3) }), 1.25)).toThrow(RangeError);
    expect(() => keypointRays(standing({ frameTime: 0 }), 1.25)).toThrow(RangeError);
  });

  test('a file whose Y grows upwards is turned over', () => {
    const positions = standing().positions.map((value, at) => (at % 2 === 0 ? value : 1000 - value));
    const found = keypointRays(standing({ positions }), 1.25);
    expect(found.wasUpsideDown).toBe(true);
    expect([...found.rays]).toEqual([...keypointRays(standing(), 1.25).rays]);
  });

  test('the size of the picture does not matter, only what share of it a body takes', () => {
    const twice = standing({
      imageSize: [2000, 2000],
      positions: standing().positions.map((value) => 2 * value),
    });
    const shares = standing({ positions: standing().positions.map((value) => value / 1000) });
    const expected = keypointRays(standing(), 1.25).rays;
    for (const other of [twice, shares]) {
      const { rays } = keypointRays(other, 1.25);
      for (const [at, value] of expected.entries()) expect(rays[at]).toBeCloseTo(value, 9);
    }
  });
});
