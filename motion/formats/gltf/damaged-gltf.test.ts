import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simpleRig } from '../../../test/simple-rig.ts';
import { FormatError } from '../../errors.ts';
import type { SkeletonClip } from '../../skeleton/clip.ts';
import type { RigTrack } from '../tracks.ts';
import { readGltf } from './read-gltf.ts';
import { writeGlb } from './write-glb.ts';

const CLIP: SkeletonClip = {
  kind: 'skeleton',
  name: 'raw',
  skeleton: {
    names: ['Hips', 'Knee', 'Knee.end'],
    parents: Int32Array.of(-1, 0, 1),
    restOffsets: Float64Array.of(0, 1, 0, 0, -0.5, 0, 0, -0.5, 0),
    isEndSite: [false, false, true],
  },
  frameCount: 2,
  frameTime: 1 / 30,
  localRotations: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1),
  localTranslations: Float64Array.of(0, 1, 0, 0, -0.5, 0, 0, -0.5, 0, 0, 2, 0, 0, -0.5, 0, 0, -0.5, 0),
};
const GLB = await writeGlb(simpleRig('leg', [CLIP]));

/** Reads or refuses; whatever is read is finite. Returns whether it was read. */
async function readsOrRefuses(bytes: Uint8Array): Promise<boolean> {
  try {
    const { tracks } = await readGltf(bytes, 'damaged.glb');
    for (const { clip, frameCount } of tracks as RigTrack[]) {
      expect(clip.frameCount).toBe(frameCount);
      expect(clip.localRotations.every(Number.isFinite)).toBe(true);
      expect(clip.localTranslations.every(Number.isFinite)).toBe(true);
      expect(clip.skeleton.parents.every((parent, node) => parent < node)).toBe(true);
    }
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toMatch(/^damaged\.glb:[^;]+: .+; .+/s);
    return false;
  }
}

test('every beginning of a file is refused', async () => {
  for (let length = 0; length < GLB.length; length++) {
    expect(await readsOrRefuses(GLB.subarray(0, length))).toBe(false);
  }
  expect(await readsOrRefuses(GLB)).toBe(true);
});

test('a file with any of its bytes flipped is read or refused with a FormatError', async () => {
  let read = 0;
  const place = fc.nat(GLB.length - 1);
  const flips = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(flips, async (changes) => {
      const bytes = GLB.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      if (await readsOrRefuses(bytes)) read++;
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(300);
  expect(read).toBeLessThan(4700);
});

test('numbers of the JSON replaced by absurd ones are read or refused, and take neither time nor memory', async () => {
  const view = new DataView(GLB.buffer, GLB.byteOffset);
  const jsonLength = view.getUint32(12, true);
  const json = Buffer.from(GLB.subarray(20, 20 + jsonLength)).toString();
  const bin = Buffer.from(GLB.subarray(28 + jsonLength)).toString('base64');
  const text = json.replace('"buffers":[{', `"buffers":[{"uri":"data:;base64,${bin}",`);
  expect(await readsOrRefuses(Buffer.from(text))).toBe(true);
  const numbers = [...text.matchAll(/(?<=[:[,])-?\d+(\.\d+)?(?=[,\]}])/g)];
  for (const absurd of [
    '-1',
    '1e308',
    '4294967296',
    '0.5',
    '0',
    '99',
    '[]',
    '{}',
    'null',
    '"a"',
    'true',
    '[[1]]',
  ]) {
    for (const number of numbers) {
      const changed = text.slice(0, number.index) + absurd + text.slice(number.index + number[0].length);
      await readsOrRefuses(Buffer.from(changed));
    }
  }
});
