import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnimationMixer, type Object3D, Vector3 } from 'three';
import { FBXLoader } from 'three/examples/jsm/loaders/FBXLoader.js';
import { afterAll, expect, test } from 'vitest';
import { writeFbx } from '../motion/formats/fbx/fbx-write.ts';
import { buildRig } from '../motion/rig/build-rig.ts';
import type { Rig } from '../motion/rig/rig.ts';
import { readFbx } from '../native-model/formats/fbx-read.ts';
import { GltfPoses } from './gltf-poses.ts';
import { farthest, realSources, sampleRig, worldPositions } from './rig-clips.ts';

const folder = mkdtempSync(join(tmpdir(), 'posemend-fbx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two takes that differ, for every rig: the sample and, where they are here, real clips. */
function rigs(): Rig[] {
  const real = realSources(120).map(({ name, clip, map }) =>
    buildRig({
      name,
      fps: 1 / clip.frameTime,
      takes: [
        { name: 'raw', clip },
        { name: 'refined', clip: { ...clip, frameCount: 50 } },
      ],
      map,
      names: 'mixamo',
      rootMotion: 'hips',
    }),
  );
  return [sampleRig(), sampleRig('unreal'), ...real];
}

/** 20 frames spread over a take. */
function someFrames(frameCount: number): number[] {
  return Array.from({ length: 20 }, (_, index) => Math.round((index * (frameCount - 1)) / 19));
}

test('three.js’ FBXLoader puts all bones where they are, in both takes', () => {
  for (const rig of rigs()) {
    const bytes = writeFbx(rig);
    const scene = new FBXLoader().parse(bytes.buffer as ArrayBuffer, '');
    expect(scene.animations.map(({ name }) => name)).toEqual(['raw', 'refined']);
    const objects = new Map<string, Object3D>();
    scene.traverse((object) => objects.set(object.userData.originalName ?? '', object));
    const mixer = new AnimationMixer(scene);
    for (const [index, take] of rig.takes.entries()) {
      const clip = scene.animations[index];
      expect(clip.duration).toBeCloseTo((take.frameCount - 1) / rig.fps, 3);
      mixer.stopAllAction();
      mixer.clipAction(clip).play();
      const world = worldPositions({ skeleton: rig.skeleton, ...take });
      const place = new Vector3();
      for (const frame of someFrames(take.frameCount)) {
        // The end of a clip is its beginning to a mixer that loops.
        mixer.setTime(Math.min(frame / rig.fps, clip.duration - 1e-4));
        scene.updateMatrixWorld(true);
        rig.skeleton.names.forEach((name, node) => {
          const [x, y, z] = objects.get(name)!.getWorldPosition(place).multiplyScalar(0.01).toArray();
          const at = (frame * rig.skeleton.names.length + node) * 3;
          const distance = Math.hypot(x - world[at], y - world[at + 1], z - world[at + 2]);
          expect(distance, `${name}, frame ${frame}`).toBeLessThan(1e-3);
        });
      }
    }
  }
});

const hasAssimp = spawnSync('assimp', ['version']).status === 0;
const withoutAssimp = 'assimp is not installed (Debian: assimp-utils)';

function assimp(rig: Rig, to: string, format: string): { file: string; said: string } {
  const from = join(folder, 'rig.fbx');
  const file = join(folder, to);
  writeFileSync(from, writeFbx(rig));
  const { stdout, stderr, status } = spawnSync('assimp', ['export', from, file, `-f${format}`]);
  expect(status).toBe(0);
  return { file, said: `${stdout}${stderr}` };
}

test('assimp reads names, both animations and the figure, and puts all bones where they are', (context) => {
  if (!hasAssimp) context.skip(withoutAssimp);
  for (const rig of rigs()) {
    const { file, said } = assimp(rig, 'rig.gltf', 'gltf2');
    expect(said).not.toMatch(/error|warn/i);
    const gltf = new GltfPoses(file);
    expect(gltf.animations).toEqual(['raw', 'refined']);
    expect(gltf.meshCount).toBe(1);
    for (const name of rig.skeleton.names) expect(gltf.names).toContain(name);
    rig.takes.forEach((take, index) => {
      const world = worldPositions({ skeleton: rig.skeleton, ...take });
      for (const frame of someFrames(take.frameCount)) {
        const places = gltf.positionsAt(index, frame / rig.fps);
        rig.skeleton.names.forEach((name, node) => {
          const [x, y, z] = places.get(name)!;
          const at = (frame * rig.skeleton.names.length + node) * 3;
          const distance = Math.hypot(x / 100 - world[at], y / 100 - world[at + 1], z / 100 - world[at + 2]);
          expect(distance, `${name}, frame ${frame}`).toBeLessThan(1e-3);
        });
      }
    });
  }
});

test.each(['fbx', 'fbxa'])('what assimp makes of a file (%s) is read as the motion it was', (format) => {
  if (!hasAssimp) return console.log(`skipped: ${withoutAssimp}`);
  const rig = sampleRig('humanik', { rootMotion: 'hips' });
  const parsed = readFbx(readFileSync(assimp(rig, `again.${format}`, format).file), 'again.fbx');
  const [track] = parsed.tracks;
  if (track.kind !== 'rig') throw new Error('an FBX file has rigs');
  // assimp 5.2 writes a second for each frame and ends the animation after the first; says 24 frames a second.
  expect([track.fps, track.frameCount]).toEqual([24, 25]);
  expect(parsed.warnings.map(({ message }) => message).join()).toContain('59.0 s');
  const { skeleton } = track.clip;
  const before = worldPositions({ skeleton: rig.skeleton, ...rig.takes[0] });
  const after = worldPositions(track.clip);
  expect(skeleton.names.length).toBeGreaterThan(20);
  skeleton.names.forEach((name, joint) => {
    const node = rig.skeleton.names.indexOf(name);
    for (const frame of [0, 1]) {
      const a = after.subarray((24 * frame * skeleton.names.length + joint) * 3).subarray(0, 3);
      const b = before.subarray((frame * rig.skeleton.names.length + node) * 3).subarray(0, 3);
      expect(1000 * farthest(a, b), `${name}, frame ${frame}`).toBeLessThan(0.01);
    }
  });
});
