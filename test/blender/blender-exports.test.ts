import { expect, test } from 'vitest';
import { bvhToClip } from '../../motion/formats/bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from '../../motion/formats/bvh-guess.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { readGltf } from '../../motion/formats/gltf/read-gltf.ts';
import { writeGlb } from '../../motion/formats/gltf/write-glb.ts';
import type { RigTrack } from '../../motion/formats/tracks.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { readFbx } from '../../native-model/formats/fbx-read.ts';
import { worldPositions } from '../random-clip.ts';
import { simpleRig } from '../simple-rig.ts';
import { movingDialect } from './moving-dialect.ts';
import { hasBlender, importInBlender } from './run-blender.ts';

/** Blender keeps single precision through two conversions. Metres. */
const TOLERANCE = 1e-4;

test.skipIf(!hasBlender())(
  'what Blender exports as GLB, BVH and FBX is the motion that it was given',
  async () => {
    const clip = { ...movingDialect('Xsens MVN', 40, 24), name: 'walk' };
    const bytes = await writeGlb(simpleRig('Xsens', [clip]));
    const [{ exported }] = await importInBlender([
      { name: 'xsens.glb', bytes, exports: ['glb', 'bvh', 'fbx'] },
    ]);

    const parsed = await readGltf(exported.get('glb')!, 'blender.glb');
    const [track, ...others] = parsed.tracks as RigTrack[];
    expect(others).toEqual([]);
    // Blender notes no rate; its keys, one for every frame, give it away.
    expect(track).toMatchObject({ fps: 24, frameCount: 40 });
    expect(farthest(track.clip, clip)).toBeLessThan(TOLERANCE);
    // Bones lie along their own Y axis in Blender; read back, the rest pose is the one without turns again.
    const { names, restOffsets } = track.clip.skeleton;
    expect([...names].sort()).toEqual([...clip.skeleton.names].sort());
    names.slice(1).forEach((name, at) => {
      const other = clip.skeleton.names.indexOf(name) * 3;
      for (let axis = 0; axis < 3; axis++) {
        expect(restOffsets[(at + 1) * 3 + axis]).toBeCloseTo(clip.skeleton.restOffsets[other + axis], 5);
      }
    });

    const document = readBvh(exported.get('bvh')!, 'blender.bvh');
    const up = guessBvhUpAxis(document);
    const unit = guessBvhUnit(document);
    expect(unit).toMatchObject({ unit: 'm', confidence: 'high' });
    expect(up.confidence).toBe('high');
    const written = bvhToClip(document, { metresPerUnit: unit.metresPerUnit, upAxis: up.upAxis }).clip;
    expect(written.frameCount).toBe(40);
    expect(farthest(written, clip)).toBeLessThan(TOLERANCE);

    const fbx = readFbx(exported.get('fbx')!, 'blender.fbx');
    const walks = (fbx.tracks as RigTrack[]).filter((one) => one.frameCount === 40);
    expect(walks.length).toBeGreaterThan(0);
    for (const walk of walks) {
      expect(walk.fps).toBeCloseTo(24, 6);
      expect(farthest(walk.clip, clip)).toBeLessThan(TOLERANCE);
    }
  },
  300_000,
);

/** Largest distance of a joint from where it should be, metres. */
function farthest(found: SkeletonClip, expected: SkeletonClip): number {
  const rows = worldPositions(found);
  let largest = 0;
  for (const [name, row] of worldPositions(expected)) {
    if (expected.skeleton.isEndSite[expected.skeleton.names.indexOf(name)]) continue;
    const other = rows.get(name);
    if (other === undefined) return Number.POSITIVE_INFINITY;
    row.forEach((value, at) => {
      largest = Math.max(largest, Math.abs(value - other[at]));
    });
  }
  return largest;
}
