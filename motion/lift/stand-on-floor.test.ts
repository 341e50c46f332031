import { describe, expect, test } from 'vitest';
import { handMadeWalk } from '../contact/hand-made-walk.ts';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { standOnFloor } from './stand-on-floor.ts';

const POSE = BODY17_COUNT * 3;

/** The lower ankle of each frame, metres. */
function lowerAnkles(body17: Float64Array): number[] {
  return Array.from({ length: body17.length / POSE }, (_, frame) =>
    Math.min(
      body17[frame * POSE + BODY17.leftAnkle * 3 + 1],
      body17[frame * POSE + BODY17.rightAnkle * 3 + 1],
    ),
  );
}

describe('standOnFloor', () => {
  test('puts standing ankles at 8 cm and the first pelvis over the origin', () => {
    const walk = handMadeWalk({ seconds: 4, fps: 30, drift: () => [3, -1.4, 5] });
    standOnFloor(walk);
    expect(walk[0]).toBeCloseTo(0, 9);
    expect(walk[2]).toBeCloseTo(0, 9);
    for (const height of lowerAnkles(walk)) expect(Math.abs(height - 0.08)).toBeLessThan(0.03);
  });

  test('takes a slope out of a path without tilting a pose', () => {
    // Rises 10 cm per metre walked: 0.08 m/s.
    const sloped = handMadeWalk({ seconds: 5, fps: 30, drift: (seconds) => [0, 0.08 * seconds, 0] });
    const before = sloped.slice();
    const { slope } = standOnFloor(sloped);
    expect(slope[1]).toBeGreaterThan(0.08);
    expect(slope[1]).toBeLessThan(0.12);
    for (const height of lowerAnkles(sloped)) expect(Math.abs(height - 0.08)).toBeLessThan(0.05);
    for (let at = 0; at < sloped.length; at++) {
      const root = Math.floor(at / POSE) * POSE + (at % 3);
      expect(sloped[at] - sloped[root]).toBeCloseTo(before[at] - before[root], 9);
    }
  });

  test('leaves a climb a climb', () => {
    const climb = handMadeWalk({ seconds: 5, fps: 30, drift: (seconds) => [0, 0.5 * seconds, 0] });
    expect(standOnFloor(climb).slope).toEqual([0, 0]);
    const heights = lowerAnkles(climb);
    expect(heights[heights.length - 1] - heights[0]).toBeGreaterThan(2);
  });

  test('a jump does not lift the floor', () => {
    const jump = handMadeWalk({
      seconds: 4,
      fps: 30,
      drift: (s) => [0, s > 1 && s < 1.6 ? 0.4 : 0, -0.8 * s],
    });
    standOnFloor(jump);
    const heights = lowerAnkles(jump);
    expect(Math.abs(heights[5] - 0.08)).toBeLessThan(0.04);
    expect(heights[40]).toBeGreaterThan(0.4);
  });

  test('frames without anybody stay empty, and a clip of them is left alone', () => {
    const walk = handMadeWalk({ seconds: 1, fps: 30 });
    walk.fill(Number.NaN, 0, POSE);
    standOnFloor(walk);
    expect(walk[0]).toBeNaN();
    expect(walk[POSE]).toBeCloseTo(0, 9);
    expect(standOnFloor(new Float64Array(POSE).fill(Number.NaN)).slope).toEqual([0, 0]);
  });
});
