import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldOf, nameOf, readStrictFbx, StrictScene, settingsOf } from '../../../test/fbx-structure.ts';
import { sampleRig, walkSource } from '../../../test/rig-clips.ts';
import { buildRig } from '../../rig/build-rig.ts';
import { encodeFbx } from './fbx-encode.ts';
import { fbxRecord, float64s, int32s, text } from './fbx-record.ts';
import { fbxRate, KTIME_PER_SECOND } from './fbx-time.ts';
import { writeFbx } from './fbx-write.ts';

const KTIME = Number(KTIME_PER_SECOND);

test('every length, list and the footer are as the format demands, whatever a file holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { maxLength: 300 }),
      fc.string({ unit: 'binary-ascii' }),
      (numbers, word) => {
        const file = readStrictFbx(
          encodeFbx([
            fbxRecord('Empty'),
            fbxRecord('Values', [text(word), int32s(Int32Array.from(numbers))]),
            { ...fbxRecord('List', [text(word)], []), hasEmptyList: true },
            fbxRecord(
              'Nested',
              [],
              [fbxRecord('Inner', [float64s(numbers)], [fbxRecord('Leaf', [text('')])])],
            ),
          ]),
        );
        expect(file.version).toBe(7400);
        expect(file.records.map(({ name }) => name)).toEqual(['Empty', 'Values', 'List', 'Nested']);
        expect(file.records.map(({ hasListEnd }) => hasListEnd)).toEqual([true, false, true, true]);
        expect(file.records[1].values).toEqual([word, numbers.map((value) => value | 0)]);
        expect(file.records[3].children[0].values[0]).toEqual(numbers);
      },
    ),
    { numRuns: 50 },
  );
});

test('a rig’s file has all parts in order, counts its objects, and is the same each time', () => {
  const bytes = writeFbx(sampleRig());
  expect(writeFbx(sampleRig())).toEqual(bytes);
  const { records } = readStrictFbx(bytes);
  expect(records.map(({ name }) => name)).toEqual([
    'FBXHeaderExtension',
    'FileId',
    'CreationTime',
    'Creator',
    'GlobalSettings',
    'Documents',
    'References',
    'Definitions',
    'Objects',
    'Connections',
    'Takes',
  ]);
  const objects = records[8].children;
  for (const type of records[7].children.filter(({ name }) => name === 'ObjectType')) {
    const kind = type.values[0];
    const count = kind === 'GlobalSettings' ? 1 : objects.filter(({ name }) => name === kind).length;
    expect(fieldOf(type, 'Count'), String(kind)).toBe(count);
  }
  const ids = objects.map(({ values }) => values[0]);
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set([0n, ...ids]);
  for (const { values } of records[9].children) {
    expect(known.has(values[1] as bigint) && known.has(values[2] as bigint)).toBe(true);
  }
  // Blender asks for id, name and class of every object; stacks and layers need the end of their list.
  for (const { name, values, hasListEnd } of objects) {
    expect(values.map((value) => typeof value)).toEqual(['bigint', 'string', 'string']);
    if (name === 'AnimationStack' || name === 'AnimationLayer') expect(hasListEnd).toBe(true);
  }
});

test.each([
  [30, 6],
  [60, 3],
  [120, 1],
  [100, 2],
  [24, 11],
  [25, 10],
  [29.97, 9],
  [30000 / 1001, 9],
  [23.976, 13],
  [59.94, 17],
  [119.88, 18],
  [37.5, 14],
  [15, 14],
])('%f frames a second are time mode %i, and keys lie on its frames to the tick', (fps, mode) => {
  const rate = fbxRate(fps);
  expect(rate.timeMode).toBe(mode);
  expect(Math.abs(rate.fps / fps - 1)).toBeLessThan(1e-4);
  for (const frame of [0, 1, 7, 1000, 123_457]) {
    expect(Math.abs(Number(rate.timeOf(frame)) - (frame / rate.fps) * KTIME)).toBeLessThan(1);
  }
  const { clip, map } = walkSource(30, 1);
  const takes = [{ name: 'raw', clip: { ...clip, frameTime: 1 / fps } }];
  const scene = new StrictScene(
    writeFbx(buildRig({ name: 'a', fps, takes, map, names: 'mixamo', rootMotion: 'hips' })),
  );
  expect(scene.settings.get('TimeMode')).toBe(mode);
  expect(scene.settings.get('CustomFrameRate')).toBeCloseTo(rate.fps, 9);
  const times = fieldOf(scene.of('AnimationCurve')[0], 'KeyTime') as bigint[];
  expect(times).toEqual(times.map((_, frame) => rate.timeOf(frame)));
  expect(settingsOf(scene.of('AnimationStack')[0]).get('LocalStop')).toBe(times[times.length - 1]);
  expect(scene.settings.get('TimeSpanStop')).toBe(times[times.length - 1]);
});

test('Z up says so and turns all numbers; metres say so and leave them', () => {
  const rig = sampleRig();
  const zUp = new StrictScene(writeFbx(rig, { upAxis: 'z' }));
  expect(['UpAxis', 'FrontAxis', 'FrontAxisSign', 'CoordAxis'].map((name) => zUp.settings.get(name))).toEqual(
    [2, 1, -1, 0],
  );
  const metres = new StrictScene(writeFbx(rig, { unit: 'm' }));
  expect(metres.settings.get('UnitScaleFactor')).toBe(100);
  const head = (scene: StrictScene): number[] =>
    scene.bindPlaces().get(scene.of('Model').find((record) => nameOf(record) === 'Head')!.values[0])!;
  const [x, y, z] = head(new StrictScene(writeFbx(rig)));
  const [zx, zy, zz] = head(zUp);
  expect([zx, zz]).toEqual([x, y]);
  expect(Math.abs(zy + z)).toBeLessThan(0.011);
  expect(head(metres)[1]).toBeCloseTo(y / 100, 9);
});
