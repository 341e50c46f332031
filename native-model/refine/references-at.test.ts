import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { prefilter, windowSpacing } from '../../motion/windows/dilation.ts';
import { findHeading, HEADING_SIZE, toHeading } from '../../motion/windows/heading.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { sliceWindow } from '../../motion/windows/slice-window.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import { positionsNpy, samplePositions } from '../../test/sample-files.ts';
import { type OpenedClip, openClip } from '../formats/open-clip.ts';
import { addClip } from '../pvd/ingest.ts';
import { createLibrary } from '../pvd/open-library.ts';
import { defaultNetwork } from './default-network.ts';
import { referencesAt } from './references-at.ts';
import { RefineResources } from './resources.ts';
import { referenceLayout, windowAt } from './window-at.ts';

const POSE = BODY17_COUNT * 3;
const FRAMES = 90;
const SETTINGS = { model: 'synsp++', library: 'default' } as const;

const folder = temporaryFolder();
const resources = new RefineResources();
let clip: OpenedClip;

beforeAll(async () => {
  writeFileSync(join(folder.path, 'a.npy'), positionsNpy(samplePositions(FRAMES), 17, 3));
  clip = await openClip(join(folder.path, 'a.npy'), { fps: 30 });
});
afterAll(async () => {
  await resources.dispose();
  folder.remove();
});

test('the window is the one a refine makes of the whole clip, with gaps, lead frames and dilation', () => {
  const card = referenceLayout(resources.card(defaultNetwork()));
  const body17 = clip.body17.slice();
  body17.fill(Number.NaN, 30 * POSE + 12, 41 * POSE);
  for (const [frameTime, leadFrames] of [
    [1 / 30, 0],
    [1 / 30, 3],
    [1 / 120, 0],
    [1 / 120, 5],
  ]) {
    const motion = fillGaps(body17, BODY17_PARENTS).positions.slice(leadFrames * POSE);
    const frameCount = FRAMES - leadFrames;
    const spacing = windowSpacing(frameTime, card.targetFps);
    const plan = planWindows(frameCount, { length: card.windowLength, stride: card.stride, spacing });
    const smooth = prefilter(motion, frameCount, POSE, spacing, card.prefilterSigma);
    for (const frame of [0, 1, leadFrames, 35, 50, FRAMES - 1]) {
      const found = windowAt({ body17, frameCount: FRAMES, frameTime, leadFrames }, frame, card);
      const start = found.frames[0] - leadFrames;
      expect([...plan.starts]).toContain(start);
      expect(found.frames).toContain(Math.max(frame, leadFrames));
      const raw = new Float64Array(card.windowLength * POSE);
      sliceWindow(raw, 0, smooth, POSE, start, plan);
      const heading = new Float64Array(HEADING_SIZE);
      findHeading(heading, raw, 0, card.windowLength);
      const window = new Float32Array(raw.length);
      toHeading(window, 0, raw, 0, card.windowLength * BODY17_COUNT, heading);
      expect(found.heading).toEqual(heading);
      expect(found.window).toEqual(window);
    }
  }
});

test('the frame stands in the middle of its window wherever the clip allows', () => {
  const card = referenceLayout(resources.card(defaultNetwork()));
  expect(windowAt(clip, 40, card).frames).toEqual([36, 37, 38, 39, 40, 41, 42, 43]);
  expect(windowAt(clip, 1, card).frames).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(windowAt({ ...clip, frameTime: 1 / 60 }, 41, card).frames).toEqual([33, 35, 37, 39, 41, 43, 45, 47]);
  expect(
    windowAt({ ...clip, frameCount: 3, body17: clip.body17.subarray(0, 3 * POSE) }, 1, card).frames,
  ).toEqual([0, 1, 2, 2, 2, 2, 2, 2]);
});

test('the nearest come first and lie on the clip, in its own place', async () => {
  const { frames, items } = await referencesAt(clip, 40, 5, SETTINGS, resources);
  expect(items).toHaveLength(5);
  const distances = items.map((item) => item.distance);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  for (const { poses, licence, clip: source } of items) {
    expect(source).not.toBe('');
    expect(licence).not.toBe('');
    expect(poses).toHaveLength(frames.length * POSE);
    let sum = 0;
    for (let at = 0; at < poses.length; at += 3) {
      const own = frames[Math.floor(at / POSE)] * POSE + (at % POSE);
      const along = (axis: number) => poses[at + axis] - clip.body17[own + axis];
      sum += Math.hypot(along(0), along(1), along(2));
    }
    // A clean pose on a noisy one; anywhere else in the clip's room it would be metres.
    expect(sum / (poses.length / 3)).toBeLessThan(0.15);
  }
});

test('a filter looks where the default network does, and the first is the one that network consults', async () => {
  const network = await referencesAt(clip, 20, 2, { ...SETTINGS, model: defaultNetwork() }, resources);
  expect(await referencesAt(clip, 20, 2, { ...SETTINGS, model: 'median' }, resources)).toEqual(network);
});

test('windows of the clip itself or of its person never answer, and tags narrow the choice', async () => {
  const directory = join(folder.path, 'library');
  const library = await createLibrary(directory);
  for (const [name, person, tags] of [
    ['a', 'anna', ['walk']],
    ['b', 'anna', ['walk']],
    ['c', 'ben', ['walk', 'slow']],
  ] as const) {
    const positions = Float64Array.from(samplePositions(30));
    const facts = { person, tags, frameTime: 1 / 30, licence: 'CC0-1.0', sourceHash: name };
    await addClip(library, { clip: name, positions, ...facts });
  }
  library.close();
  const at = async (more: object) => {
    const settings = { ...SETTINGS, library: { directory }, ...more };
    const { items } = await referencesAt(clip, 10, 200, settings, resources);
    return [...new Set(items.map((item) => item.clip))].sort();
  };
  expect(await at({})).toEqual(['b', 'c']);
  expect(await at({ person: 'anna' })).toEqual(['c']);
  expect(await at({ tags: ['slow'] })).toEqual(['c']);
  expect(await at({ tags: ['slow', 'fast'] })).toEqual([]);
});

test('2D clips and refines without a library have none; a frame outside the clip is refused', async () => {
  expect(await referencesAt({ ...clip, dimensions: 2 }, 0, 3, SETTINGS, resources)).toEqual({
    frames: [],
    items: [],
  });
  const none = await referencesAt(clip, 40, 3, { ...SETTINGS, library: 'none' }, resources);
  expect(none).toMatchObject({ frames: [36, 37, 38, 39, 40, 41, 42, 43], items: [] });
  await expect(referencesAt(clip, FRAMES, 3, SETTINGS, resources)).rejects.toThrow('its frames are 0 to 89');
});
