import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bvhToClip } from '../../motion/formats/bvh-clip.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { dialectUnits } from '../bvh-dialects/dialect-text.ts';
import { BVH_DIALECTS } from '../bvh-dialects/dialects.ts';
import { PEER_CASES } from '../bvh-dialects/peer-cases.ts';
import { farthest } from './farthest.ts';
import { hasBlender, importInBlender } from './run-blender.ts';

/** A tenth of a millimetre: Blender keeps single precision, the files three decimals and more. Metres. */
const TOLERANCE = 1e-4;
/** Files that stop Blender 3.4's reader. */
const NOT_IN_BLENDER = new Set(['a frame over two lines', 'a decimal comma', 'a name twice']);

test.skipIf(!hasBlender())(
  'every dialect of BVH is read as Blender reads it',
  async () => {
    const files = BVH_DIALECTS.map((dialect) => ({
      name: `${dialect.file}.bvh`,
      bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/bvh/${dialect.file}.bvh`, import.meta.url))),
      scale: dialectUnits(dialect).metresPerUnit,
    }));
    const cases = PEER_CASES.filter(({ what }) => !NOT_IN_BLENDER.has(what)).map(({ what, text }) => ({
      name: `${what.replaceAll(' ', '-')}.bvh`,
      bytes: new TextEncoder().encode(text),
      scale: 0.01,
    }));
    const jobs = [...files, ...cases];
    (await importInBlender(jobs)).forEach(({ takes }, at) => {
      const { name, bytes, scale } = jobs[at];
      // Blender takes every BVH as Y up.
      const { clip } = bvhToClip(readBvh(bytes, name), { metresPerUnit: scale });
      const { joint, metres } = farthest(takes[0], clip, false);
      expect(metres, `${name}, ${joint}`).toBeLessThan(TOLERANCE);
    });
  },
  300_000,
);
