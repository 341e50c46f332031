import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { addEstimatorNoise } from '../../assets/samples/estimator-noise.ts';
import { mpjpeMm } from '../../motion/metrics/mpjpe.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import { solveIk } from '../../motion/skeleton/ik/solve-ik.ts';
import { type OpenedClip, openClip } from '../formats/open-clip.ts';
import { refineClip } from './refine-clip.ts';

const WALK = fileURLToPath(new URL('../../../shared/mocap/test/cmu-daz-02/02_01.bvh', import.meta.url));
const hasWalk = existsSync(WALK);
if (!hasWalk) console.log(`skipped: no motion capture at ${WALK}`);

/** A captured clip on its own skeleton as an estimator would give it. */
function noisy(truth: OpenedClip): OpenedClip {
  if (truth.source.kind !== 'skeleton') throw new Error('expected a skeleton');
  const { clip, map } = truth.source;
  const from = truth.leadFrames * BODY17_COUNT * 3;
  const targets = truth.body17.slice().fill(Number.NaN, 0, from);
  targets.set(addEstimatorNoise(truth.body17.slice(from), truth.frameTime, 5), from);
  const shaken = solveIk(clip, map, targets).clip;
  return { ...truth, body17: body17Positions(shaken, map), source: { ...truth.source, clip: shaken } };
}

test.skipIf(!hasWalk)('a captured walk: feet hardly slide after IK, and no joint is worse off', async () => {
  const truth = await openClip(WALK);
  const input = noisy(truth);
  const from = truth.leadFrames * BODY17_COUNT * 3;
  const shape = { frames: truth.frameCount - truth.leadFrames, joints: BODY17_COUNT, root: 0 };
  const refine = async (footLock: 'off' | 'auto' | 'strong') => {
    const settings = { model: 'gaussian', strength: 1, device: 'cpu', library: 'none', footLock } as const;
    const { refined, report } = await refineClip(input, settings);
    const mpjpe = mpjpeMm(refined.slice(from), truth.body17.slice(from), shape);
    return { mpjpe, slide: report.summary.footSlideAfterMmPerFrame, contacts: report.footContacts };
  };
  const off = await refine('off');
  const auto = await refine('auto');
  const strong = await refine('strong');
  expect(off.contacts.length).toBeGreaterThan(2);
  expect(auto.slide).toBeLessThan(0.5 * off.slide);
  expect(strong.slide).toBeLessThan(0.25 * off.slide);
  expect(auto.mpjpe).toBeLessThan(off.mpjpe + 1);
  expect(strong.mpjpe).toBeLessThan(off.mpjpe + 2);
  for (const { start } of auto.contacts) expect(start).toBeGreaterThanOrEqual(truth.leadFrames);
});
