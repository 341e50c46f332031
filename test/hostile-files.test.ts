import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { parseNpyDtype } from '../motion/formats/npy-dtype.ts';
import { writeNpy } from '../motion/formats/npy-write.ts';
import { writeNpz } from '../motion/formats/python/npz-write.ts';
import { type BadCase, testBadCases } from './bad-case.ts';

const SMPL = join(import.meta.dirname, '../fixtures/smpl');
const text = (words: string) => new TextEncoder().encode(words);
const numbers = (...shape: number[]) => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at)),
});

/** An NPY whose header claims a shape that its bytes do not hold. */
function claiming(shape: string): Uint8Array {
  const npy = writeNpy({
    shape: [1],
    data: new Float64Array(1),
    dtype: parseNpyDtype('<f8')!,
    fortranOrder: false,
  });
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
  const out = npy.slice();
  out.set(text(header.padEnd(out.length - 10 - 8 - 1, ' ')), 10);
  return out;
}

/** `os.system("touch owned")` as a pickle of protocol 0 would ask for it. */
const RUNS_A_PROGRAM = text("cos\nsystem\n(S'touch owned'\ntR.");
/** 64 MB of zeros in 64 kB, a thousand times over: no motion compresses like that. */
const BOMB = zipSync({ 'poses.npy': new Uint8Array(2 ** 27) }, { level: 9 });

const openPose = (people: number[][]) =>
  JSON.stringify({ version: 1.3, people: people.map((pose) => ({ pose_keypoints_2d: pose })) });
const POSE = Array.from({ length: 75 }, (_, at) => (at % 3 === 2 ? 0.9 : 100 + at));

const CASES: readonly BadCase[] = Object.entries<
  [Record<string, string | Uint8Array>, ...(string | RegExp)[]]
>({
  'a pickle that would run a program': [{ 'clip.pkl': RUNS_A_PROGRAM }, 'clip.pkl:', 'os.system', /byte \d+/],
  'the same as an array of objects': [
    { 'clip.npz': zipSync({ 'poses.npy': RUNS_A_PROGRAM }) },
    'clip.npz:poses',
  ],
  'the same as a PyTorch file': [
    { 'clip.pt': zipSync({ 'clip/data.pkl': RUNS_A_PROGRAM, 'clip/version': text('3') }) },
    'clip.pt:',
    'os.system',
  ],
  'an archive that unfolds without end': [{ 'clip.npz': BOMB }, 'clip.npz:poses', 'inflate', 'malicious'],
  'an archive whose array claims a terabyte': [
    { 'clip.npz': zipSync({ 'poses.npy': claiming('(10**9, 156)'.replace('10**9', '1000000000')) }) },
    'clip.npz:poses',
    '(1000000000, 156)',
  ],
  'an AMASS file without poses': [
    { 'clip.npz': writeNpz({ trans: numbers(4, 3), betas: numbers(16), gender: 'male' }) },
    'clip.npz:',
    'without a motion',
    '_poses.npz',
  ],
  'an AMASS file with poses of another width': [
    { 'clip.npz': writeNpz({ poses: numbers(4, 150), trans: numbers(4, 3), mocap_framerate: 60 }) },
    'clip.npz:poses',
    '150',
    '156',
  ],
  'an AMASS file whose path is shorter than its poses': [
    { 'clip.npz': writeNpz({ poses: numbers(4, 156), trans: numbers(3, 3), mocap_framerate: 60 }) },
    'clip.npz:trans',
    '3 frames',
    '4',
  ],
  'a latent instead of a pose': [
    { 'clip.pkl': readFileSync(join(SMPL, 'smplify-x-latent.pkl')) },
    'clip.pkl:body_pose',
    'VPoser',
  ],
  'a body model instead of a motion': [{ 'clip.npz': readFileSync(join(SMPL, 'model.npz')) }, 'body model'],
  'a JSON that is cut off': [{ 'clip.json': openPose([POSE]).slice(0, 200) }, 'clip.json:'],
  'a JSON of something else': [
    { 'clip.json': '{"name": "posemend", "version": "1"}' },
    'clip.json:',
    'an object with name, version',
    'save',
  ],
  'lists in lists in lists': [{ 'clip.json': '['.repeat(100_000) }, 'clip.json:', /nest|deep|100/],
  'a keypoint list of another length': [{ 'clip.json': openPose([POSE.slice(0, 50)]) }, 'clip.json:', '50'],
  'keypoints of nobody': [{ 'clip.json': openPose([new Array(75).fill(0)]) }, 'clip.json:', 'anybody'],
  'frames of two clips in one archive': [
    {
      'clip.zip': zipSync({
        'walk_000001_keypoints.json': text(openPose([POSE])),
        'run_000002_keypoints.json': text(openPose([POSE])),
      }),
    },
    'clip.zip:',
    'two clips',
  ],
  'an archive without a clip': [
    { 'clip.zip': zipSync({ 'readme.txt': text('none') }) },
    'clip.zip:',
    'unpack',
  ],
  'a TRC with a row cut short': [
    {
      'clip.trc':
        'PathFileType\t4\t(X/Y/Z)\tclip.trc\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n30\t30\t1\t2\tm\nFrame#\tTime\tLHip\t\t\tRHip\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n1\t0\t0\tx\t0\t0\t0\t0\n',
    },
    'clip.trc:',
  ],
  'a table of something else': [{ 'clip.csv': 'date,price\n2026-01-01,12.5\n' }, 'clip.csv:'],
  'a C3D that claims more than it holds': [
    { 'clip.c3d': Uint8Array.from({ length: 512 }, (_, at) => [2, 0x50, 255, 255][at] ?? 0) },
    'clip.c3d:',
  ],
  'a GLB that is cut off': [{ 'clip.glb': text('glTF\u0002\u0000\u0000\u0000') }, 'clip.glb:'],
  'an FBX that is cut off': [{ 'clip.fbx': text('Kaydara FBX Binary  \u0000') }, 'clip.fbx:'],
  'an FBX without bones': [
    { 'clip.fbx': '; FBX 7.4.0 project file\nFBXHeaderExtension: {\n FBXVersion: 7400\n}\nObjects: {\n}\n' },
    'clip.fbx:',
    /bone|node/,
  ],
}).map(([title, [files, ...says]]) => ({
  title,
  files,
  argv: ['convert', Object.keys(files)[0], '-o', 'out.bvh'],
  code: 3,
  says,
}));

testBadCases(CASES);
testBadCases([
  {
    title: 'a person who is not in the file',
    files: { 'clip.pkl': readFileSync(join(SMPL, 'vibe-output.pkl')) },
    argv: ['convert', 'clip.pkl', '-o', 'out.bvh', '--person', '12'],
    code: 2,
    says: ['clip.pkl', "no '12'", "'1'", "'7'"],
  },
  {
    title: 'everyone of a file into one file',
    files: { 'clip.pkl': readFileSync(join(SMPL, 'vibe-output.pkl')) },
    argv: ['convert', 'clip.pkl', '-o', 'out.bvh', '--person', 'all'],
    code: 2,
    says: ['out.bvh', 'folder'],
  },
  {
    title: 'the model file of another body',
    files: {
      'clip.npz': readFileSync(join(SMPL, 'amass-smplh.npz')),
      'model.npz': readFileSync(join(SMPL, 'model.npz')),
    },
    argv: ['convert', 'clip.npz', '-o', 'out.bvh', '--body-model', 'model.npz'],
    code: 3,
    says: ['model.npz', 'SMPL-H'],
  },
  {
    title: 'a format that the name of the file contradicts',
    files: { 'clip.npz': readFileSync(join(SMPL, 'amass-smplh.npz')) },
    argv: ['convert', 'clip.npz', '-o', 'out.fbx', '--to', 'glb'],
    code: 2,
    says: ['out.fbx', '--to glb', '.glb'],
  },
  {
    title: 'a person of a file that holds one',
    files: { 'clip.npy': readFileSync(join(SMPL, '../points/mediapipe_body_3d_xyz.npy')) },
    argv: ['convert', 'clip.npy', '-o', 'out.bvh', '--person', 'anna'],
    code: 2,
    says: ['clip.npy', 'anna', '--performer'],
  },
  {
    title: 'a unit for an FBX',
    files: { 'clip.npz': readFileSync(join(SMPL, 'amass-smplh.npz')) },
    argv: ['convert', 'clip.npz', '-o', 'out.fbx', '--out-unit', 'mm'],
    code: 2,
    says: ['FBX', 'unit'],
  },
  {
    title: 'fewer keys in a BVH',
    files: { 'clip.npz': readFileSync(join(SMPL, 'amass-smplh.npz')) },
    argv: ['convert', 'clip.npz', '-o', 'out.bvh', '--key-error', '1'],
    code: 2,
    says: ['BVH', 'key'],
  },
]);
