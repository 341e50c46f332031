import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeFbx } from '../motion/formats/fbx/fbx-write.ts';
import { writeGlb } from '../motion/formats/gltf/write-glb.ts';
import { exportCompanions } from '../motion/rig/companions.ts';
import { sampleRig, worldPositions } from './rig-clips.ts';

const folder = mkdtempSync(join(tmpdir(), 'posemend-companions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const here = (name: string): string => join(folder, name);

test('each preset gets its scripts, under names that depend on it alone', () => {
  const names = (preset: Parameters<typeof exportCompanions>[0]) =>
    exportCompanions(preset, ['a.fbx', 'b.glb'], 30).map(({ name }) => name);
  expect(names('unity')).toEqual(['PoseMendImport.cs']);
  expect(names('blender')).toEqual(['import_posemend.py']);
  expect(names('unreal')).toEqual([]);
  expect(names('maya')).toEqual([]);
});

test('two exports in one Unity project have classes of different names, and odd file names are quoted', () => {
  const classOf = (file: string) => /class (\w+)/.exec(exportCompanions('unity', [file], 30)[0].text)?.[1];
  expect(classOf('a.fbx')).not.toBe(classOf('b.fbx'));
  const [{ text }] = exportCompanions('unity', ['w"ä\\.fbx', 'clip.bvh'], 30);
  expect(text).toContain('{ "w\\u0022\\u00e4\\u005c.fbx" }');
});

test('the script for Unity compiles against the declarations it uses; that is all that is known without Unity', (context) => {
  if (spawnSync('mcs', ['--version']).status !== 0) context.skip('mcs is not installed (Debian: mono-mcs)');
  const [{ name, text }] = exportCompanions('unity', ['wälk "1".fbx', 'b.fbx'], 29.97);
  writeFileSync(here(name), text);
  const stub = new URL('unity-stub.cs', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync('mcs', [
    '-langversion:6',
    '-warnaserror',
    '-define:UNITY_EDITOR',
    '-target:library',
    `-out:${here('o.dll')}`,
    stub,
    here(name),
  ]);
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
});

const hasBlender = spawnSync('blender', ['--version']).status === 0;

test('run in Blender, the script imports FBX, GLB and BVH in metres, at the rate, with keys on frames', {
  timeout: 120_000,
}, async (context) => {
  if (!hasBlender) context.skip('blender is not installed');
  const rig = sampleRig('humanik', { fps: 29.97 });
  writeFileSync(here('wälk.fbx'), writeFbx(rig));
  writeFileSync(here('walk.glb'), await writeGlb(rig));
  copyFileSync(new URL('../assets/samples/performance-clean.bvh', import.meta.url).pathname, here('a.bvh'));
  const [{ name, text }] = exportCompanions('blender', ['wälk.fbx', 'a.bvh', 'walk.glb', 'list.csv'], 29.97);
  writeFileSync(here(name), text);
  const ask = `
import bpy, json
scene = bpy.context.scene
out = {"fps": scene.render.fps / scene.render.fps_base, "start": scene.frame_start, "end": scene.frame_end, "actions": {}, "bodies": {}}
for action in bpy.data.actions:
    out["actions"][action.name] = list(action.frame_range)
for body in [o for o in bpy.data.objects if o.type == "ARMATURE"]:
    scene.frame_set(round(body.animation_data.action.frame_range[0]) + 39)
    bpy.context.view_layer.update()
    out["bodies"][body.name] = list((body.matrix_world @ body.pose.bones["LeftHand"].matrix).translation)
print("ANSWER" + json.dumps(out))
`;
  const { stdout } = spawnSync('blender', [
    '-b',
    '--factory-startup',
    '--python',
    here(name),
    '--python-expr',
    ask,
  ]);
  const answer = JSON.parse(/ANSWER(.*)/.exec(String(stdout))![1]);
  expect(answer.fps).toBeCloseTo(29.97, 3);
  expect([answer.start, answer.end]).toEqual([0, 600]);
  const ranges = answer.actions as Record<string, [number, number]>;
  expect(Object.keys(ranges).length).toBe(5);
  const range = (part: string) => Object.entries(ranges).find(([action]) => action.includes(part))![1];
  expect(range('Armature|raw')[1]).toBeCloseTo(60, 3);
  expect(range('Armature|refined')[1]).toBeCloseTo(40, 3);
  // Fourty centimetres of path and 2 cm less height than at rest: a joint that is tied to its parent shows.
  const node = (39 * rig.skeleton.names.length + rig.skeleton.names.indexOf('LeftHand')) * 3;
  const [x, y, z] = worldPositions({ skeleton: rig.skeleton, ...rig.takes[0] }).subarray(node, node + 3);
  const bodies = answer.bodies as Record<string, number[]>;
  expect(Object.keys(bodies).length).toBe(3);
  for (const [body, place] of Object.entries(bodies)) {
    place.forEach((value, axis) => {
      expect(value, body).toBeCloseTo([x, -z, y][axis], 3);
    });
  }
});

test('scripts name files as they are called, whatever their names hold', () => {
  const names = ["a$'b.glb", 'x$&y.glb', '$$.glb', '😀 ä "q" \\.glb'];
  const [{ text }] = exportCompanions('blender', names, 30);
  const list = /FILES = (\[[^\]]*\])/.exec(text)![1];
  const { stdout, error } = spawnSync('python3', ['-c', `import json; print(json.dumps(${list}))`], {
    encoding: 'utf8',
  });
  if (error) {
    console.warn('skipped: there is no python3');
    return;
  }
  expect(JSON.parse(stdout)).toEqual(names);
  expect(exportCompanions('unity', ["a$'b.fbx"], 30)[0].text).toContain('Files = { "a$\'b.fbx" };');
  expect(exportCompanions('blender', ['clip.csv'], 30)).toEqual([]);
});
