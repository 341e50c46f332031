import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { LAYOUT_NAMES, LAYOUTS, type LayoutName } from '../../motion/skeleton/layouts.ts';
import { drawnPositions, jointDrawing } from './joint-drawing.ts';
import { type OpenedClip, openClip } from './open-clip.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-drawing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An array of a layout: `place` gives each joint of each frame. */
function arrayClip(
  layout: LayoutName,
  frames: number,
  dimensions: 2 | 3,
  place: (name: string, frame: number) => readonly number[],
): Promise<OpenedClip> {
  const { names } = LAYOUTS[layout];
  const data = Array.from({ length: frames }, (_, frame) => names.flatMap((name) => place(name, frame)));
  const shape = [frames, names.length, dimensions];
  const path = join(folder, `${layout}.npy`);
  const dtype = parseNpyDtype('<f8')!;
  writeFileSync(path, writeNpy({ shape, dtype, fortranOrder: false, data: Float64Array.from(data.flat()) }));
  return openClip(path, { layout, unit: 'm', up: 'y' });
}

test('every layout hangs together: each joint is reached from the first over bones', async () => {
  for (const layout of LAYOUT_NAMES) {
    const { names, bones } = jointDrawing(await arrayClip(layout, 1, 3, (name) => [name.length, 1, 2]));
    const reached = new Set([0]);
    for (let round = 0; round < names.length; round++) {
      for (const [a, b] of bones) {
        if (reached.has(a)) reached.add(b);
        if (reached.has(b)) reached.add(a);
      }
    }
    const lost = names.filter((_, joint) => !reached.has(joint));
    expect(lost, layout).toEqual([]);
    expect(bones.every(([a, b]) => a >= 0 && b >= 0 && a !== b)).toBe(true);
    expect(new Set(bones.map((bone) => bone.toSorted().join())).size).toBe(bones.length);
  }
});

test('body-17 joints name the drawn joint that stands for them, where one alone does', async () => {
  const coco = jointDrawing(await arrayClip('coco17', 1, 3, () => [0, 1, 2]));
  expect(coco.names[coco.body17[BODY17.leftKnee]]).toBe('leftKnee');
  expect(coco.body17[BODY17.pelvis]).toBe(-1);
  const clip = await openClip(join(SAMPLES, 'performance-clean.bvh'));
  const bvh = jointDrawing(clip);
  expect(bvh.names[bvh.body17[BODY17.leftWrist]]).toMatch(/LeftHand|lHand|LeftWrist/);
  expect(bvh.bones.length).toBe(bvh.names.length - 1);
});

test('drawn joints are where the body-17 joints are that they stand for', async () => {
  for (const name of ['performance-noisy.bvh', 'performance-noisy.npy']) {
    const clip = await openClip(join(SAMPLES, name));
    const { names, body17 } = jointDrawing(clip);
    const positions = drawnPositions(clip, null);
    expect(positions.length).toBe(clip.frameCount * names.length * 3);
    for (let frame = 0; frame < clip.frameCount; frame += 11) {
      body17.forEach((drawn, joint) => {
        if (drawn < 0) return;
        for (let axis = 0; axis < 3; axis++) {
          const expected = clip.body17[(frame * BODY17_COUNT + joint) * 3 + axis];
          const found = positions[(frame * names.length + drawn) * 3 + axis];
          expect(Math.abs(found - expected)).toBeLessThan(1e-5);
        }
      });
    }
  }
});

test('a result is drawn in place of the input', async () => {
  const clip = await openClip(join(SAMPLES, 'performance-clean.npy'));
  if (clip.source.kind !== 'positions') throw new Error('not an NPY');
  const layoutPositions = clip.source.positions.map((value) => value + 1);
  const result = { skeletonClip: null, layoutPositions, body17: clip.body17 };
  expect(drawnPositions(clip, result)[0]).toBeCloseTo(drawnPositions(clip, null)[0] + 1, 5);
});

/** A man of 400 pixels whose ankles are on row 900 and whose head is on row 500, around column 640. */
function standing(name: string): readonly number[] {
  const rows: Record<string, number> = { headTop: 500, neck: 560 };
  const side = name.startsWith('left') ? 20 : name.startsWith('right') ? -20 : 0;
  return [640 + side, rows[name] ?? (name.endsWith('Ankle') ? 900 : 700)];
}

test('2D keypoints stand upright on y = 0, 1.7 m high, centred, and unseen joints stay unseen', async () => {
  const clip = await arrayClip('lsp14', 3, 2, (name, frame) =>
    frame === 1 && name === 'leftWrist' ? [Number.NaN, Number.NaN] : standing(name),
  );
  const { names } = jointDrawing(clip);
  const positions = drawnPositions(clip, null);
  const at = (name: string, frame: number) => {
    const first = (frame * names.length + names.indexOf(name)) * 3;
    return [...positions.slice(first, first + 3)].map((value) => Number(value.toFixed(4)));
  };
  const perPixel = 1.7 / 400;
  expect(at('headTop', 0)).toEqual([0, 1.7, 0]);
  expect(at('leftAnkle', 0)).toEqual([20 * perPixel, 0, 0]);
  expect(at('neck', 2)).toEqual([0, Number((340 * perPixel).toFixed(4)), 0]);
  expect(at('leftWrist', 1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('a 2D clip that counts upwards is not turned over, and its result keeps its place', async () => {
  const clip = await arrayClip('lsp14', 1, 2, (name) => [standing(name)[0], -standing(name)[1]]);
  const { names } = jointDrawing(clip);
  expect(drawnPositions(clip, null)[names.indexOf('headTop') * 3 + 1]).toBeCloseTo(1.7, 5);
  if (clip.source.kind !== 'positions') throw new Error('not an NPY');
  const layoutPositions = clip.source.positions.map((value, at) => value + (at % 2 === 1 ? 40 : 0));
  const moved = drawnPositions(clip, { skeletonClip: null, layoutPositions, body17: clip.body17 });
  expect(moved[names.indexOf('leftAnkle') * 3 + 1]).toBeCloseTo(0.17, 5);
});
