import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectClip, MOTION_FRAMES } from '../../test/bvh-dialects/dialect-clip.ts';
import { dialectText, dialectUnits } from '../../test/bvh-dialects/dialect-text.ts';
import { BVH_DIALECTS } from '../../test/bvh-dialects/dialects.ts';
import { worldPositions } from '../../test/random-clip.ts';
import { BODY17_COUNT, BODY17_NAMES } from '../skeleton/body17.ts';
import { body17Positions } from '../skeleton/body17-positions.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { bvhToClip } from './bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from './bvh-guess.ts';
import { readBvh } from './bvh-read.ts';
import { countLeadFrames } from './bvh-t-pose.ts';

describe.each(BVH_DIALECTS)('$file', (dialect) => {
  const bytes = readFileSync(new URL(`../../fixtures/bvh/${dialect.file}.bvh`, import.meta.url));
  const document = readBvh(bytes, `${dialect.file}.bvh`);
  const leadFrames = (dialect.zeroFrames ?? 0) + (dialect.hasTPoseFrame ? 1 : 0);
  const { clip } = bvhToClip(document, dialectUnits(dialect));

  test('the file is what its generator writes, and is read without a warning', () => {
    expect(bytes.toString()).toBe(dialectText(dialect));
    expect(document.warnings).toEqual([]);
    expect(1 / document.frameTime).toBeCloseTo(dialect.fps, 2);
  });

  test('unit and up axis are seen, for sure', () => {
    expect(guessBvhUnit(document)).toMatchObject({ unit: dialect.unit, confidence: 'high' });
    expect(guessBvhUpAxis(document)).toMatchObject({ upAxis: dialect.upAxis ?? 'y', confidence: 'high' });
  });

  test('frames before the motion are told from it', () => {
    expect(clip.frameCount).toBe(leadFrames + MOTION_FRAMES);
    expect(countLeadFrames(clip)).toBe(leadFrames);
  });

  test('every joint stands where it did, to the printed digits', () => {
    const expected = worldPositions(dialectClip(dialect));
    for (const [name, row] of worldPositions(clip)) {
      const wanted = expected.get(name);
      // Leaves get an end site that the skeleton does not have.
      if (wanted === undefined) continue;
      row.slice(leadFrames * 3).forEach((value, at) => {
        expect(Math.abs(value - wanted[at])).toBeLessThan(2e-4);
      });
    }
  });

  test('the refiner’s joints are found by name, and stand upright with left on the left', () => {
    const match = matchSkeleton(clip.skeleton);
    expect(match.how).toBe('names');
    const positions = body17Positions(clip, match.map);
    for (let frame = leadFrames; frame < clip.frameCount; frame++) {
      const at = (name: string, axis: number): number =>
        positions[(frame * BODY17_COUNT + BODY17_NAMES.indexOf(name)) * 3 + axis];
      expect(at('head', 1)).toBeGreaterThan(1.4);
      expect(at('head', 1)).toBeLessThan(1.9);
      expect(at('pelvis', 1)).toBeCloseTo(0.95, 1);
      expect(Math.min(at('leftAnkle', 1), at('rightAnkle', 1))).toBeLessThan(0.2);
      expect(at('leftWrist', 1)).toBeLessThan(at('leftShoulder', 1) - 0.3);
      for (const joint of ['Hip', 'Knee', 'Shoulder', 'Elbow', 'Wrist']) {
        expect(at(`left${joint}`, 0) - at(`right${joint}`, 0)).toBeGreaterThan(0.15);
      }
    }
  });
});
