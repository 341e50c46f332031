import { expect, test } from 'vitest';
import { PEER_CASES } from '../../test/bvh-dialects/peer-cases.ts';
import { solveFk } from '../skeleton/fk.ts';
import { bvhToClip } from './bvh-clip.ts';
import { readBvh } from './bvh-read.ts';

test.each(PEER_CASES)('$what is read as it is meant', ({ text, root, frameCount, lastFrame }) => {
  const options = root === undefined ? {} : { root };
  const document = readBvh(new TextEncoder().encode(text), 'case.bvh', options);
  const { clip } = bvhToClip(document, { metresPerUnit: 1 });
  expect(clip.frameCount).toBe(frameCount);
  const count = clip.skeleton.names.length;
  const positions = new Float64Array(count * 3);
  solveFk(clip, frameCount - 1, positions, new Float64Array(count * 4));
  const joints = [...clip.skeleton.names.keys()].filter((node) => !clip.skeleton.isEndSite[node]);
  expect(joints).toHaveLength(lastFrame.length);
  lastFrame.forEach((point, joint) => {
    point.forEach((value, axis) => {
      expect(positions[joints[joint] * 3 + axis]).toBeCloseTo(value, 9);
    });
  });
});
