import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bvhToClip, clipToBvhMotion } from './bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from './bvh-guess.ts';
import { readBvh } from './bvh-read.ts';
import { detectTPoseFrame } from './bvh-t-pose.ts';
import { writeBvh } from './bvh-write.ts';
import { latin1Text } from './text-bytes.ts';

// Real clips are read in place and never copied; without them this file has nothing to do.
const FOLDER = join(import.meta.dirname, '../../../shared/mocap/val');
const NATIVE_FOLDER = join(import.meta.dirname, '../../../shared/mocap/train/cmu-native');
const isPresent = existsSync(FOLDER) && existsSync(NATIVE_FOLDER);
if (!isPresent) console.warn(`skipped: no real clips at ${FOLDER}`);

function clipPaths(): string[] {
  const daz = readdirSync(FOLDER).flatMap((folder) =>
    readdirSync(join(FOLDER, folder)).map((file) => join(FOLDER, folder, file)),
  );
  const native = readdirSync(NATIVE_FOLDER).map((file) => join(NATIVE_FOLDER, file));
  return [...daz.slice(0, 4), ...native.slice(0, 4)];
}

describe.skipIf(!isPresent)('CMU clips', () => {
  test('every motion value is the double that Number gives for its text', () => {
    for (const path of clipPaths()) {
      const bytes = readFileSync(path);
      const { header, motion, warnings } = readBvh(bytes, path);
      const words = latin1Text(bytes, header.text.length, bytes.length)
        .split(/\s+/)
        .filter((word) => word !== '');
      expect(warnings).toEqual([]);
      expect(words.length).toBe(motion.length);
      expect(words.every((word, at) => Object.is(Number(word), motion[at]))).toBe(true);
    }
  });

  test('the header is written byte for byte, and the values read back within half a unit of the sixth decimal', () => {
    for (const path of clipPaths()) {
      const bytes = readFileSync(path);
      const document = readBvh(bytes, path);
      const written = writeBvh(document);
      const headerLength = document.header.text.length;
      expect(latin1Text(written, 0, headerLength)).toBe(latin1Text(bytes, 0, headerLength));
      const again = readBvh(written, path);
      expect(again.motion.every((value, at) => Math.abs(value - document.motion[at]) <= 5.000001e-7)).toBe(
        true,
      );
      expect(Buffer.compare(written, writeBvh(again))).toBe(0);
    }
  });

  test('an untouched clip gives back the channel values bit for bit', () => {
    for (const path of clipPaths()) {
      const document = readBvh(readFileSync(path), path);
      const motion = clipToBvhMotion(document, bvhToClip(document, { metresPerUnit: 0.01 }).clip, {
        metresPerUnit: 0.01,
      });
      expect(motion.every((value, at) => Object.is(value, document.motion[at]))).toBe(true);
    }
  });

  test('they are centimetres, Y up, and begin with a T-pose that the rest of the clip does not have', () => {
    for (const path of clipPaths()) {
      const document = readBvh(readFileSync(path), path);
      expect(guessBvhUnit(document)).toMatchObject({ unit: 'cm', confidence: 'high' });
      expect(guessBvhUpAxis(document)).toMatchObject({ upAxis: 'y', confidence: 'high' });
      expect(detectTPoseFrame(bvhToClip(document, { metresPerUnit: 0.01 }).clip)).toBe(true);
      const start = 20 * document.channelCount;
      const rest = {
        ...document,
        frameCount: document.frameCount - 20,
        motion: document.motion.subarray(start),
      };
      expect(detectTPoseFrame(bvhToClip(rest, { metresPerUnit: 0.01 }).clip)).toBe(false);
    }
  });
});
