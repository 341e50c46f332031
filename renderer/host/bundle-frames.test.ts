import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { bundleFrames } from './bundle-frames.ts';

const file = (name: string, text = '{}') => new File([text], name);
const frame = (number: number) =>
  file(`walk_${String(number).padStart(12, '0')}_keypoints.json`, `{"frame":${number}}`);

test('a file for each frame becomes one clip of all of them, in their order', async () => {
  const clips = await bundleFrames({ folder: '', files: [frame(2), frame(0), frame(1)] });
  expect(clips.map(({ name }) => name)).toEqual(['walk.zip']);
  const content = unzipSync(new Uint8Array(await clips[0].arrayBuffer()));
  expect(Object.values(content).map((bytes) => JSON.parse(new TextDecoder().decode(bytes)).frame)).toEqual([
    0, 1, 2,
  ]);
  expect(Object.keys(content)[0]).toBe('walk_000000000000_keypoints.json');
});

test('other files stay as they are, and bare numbers are named by their folder', async () => {
  const files = [file('walk.bvh'), file('000000.json'), file('000001.json'), file('poses.json')];
  const names = async (folder: string) => (await bundleFrames({ folder, files })).map(({ name }) => name);
  expect(await names('keypoints3d')).toEqual(['walk.bvh', 'poses.json', 'keypoints3d.zip']);
  expect((await names('')).at(-1)).toBe('frames.zip');
});
