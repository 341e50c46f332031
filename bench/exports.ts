/**
 * Exports as Blender imports them: how far any joint is from where it should be, and how long writing takes.
 *
 *   node bench/exports.ts [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ExportFormat } from '../contract/file-kinds.ts';
import { sliceClip } from '../motion/edits/slice.ts';
import { exportClip } from '../native-model/formats/export-clip.ts';
import { dropsLead } from '../native-model/formats/export-options.ts';
import { openClip } from '../native-model/formats/open-clip.ts';
import { farthest } from '../test/blender/farthest.ts';
import { BLENDER, type BlenderJob, hasBlender, importInBlender } from '../test/blender/run-blender.ts';
import { markdownTable } from './accuracy-tables.ts';
import { mocapFolder } from './mocap-folder.ts';

const KINDS: readonly { format: ExportFormat; keyErrorMm?: number; unit?: 'm' }[] = [
  { format: 'bvh', unit: 'm' },
  { format: 'glb' },
  { format: 'fbx' },
  { format: 'glb', keyErrorMm: 1 },
  { format: 'fbx', keyErrorMm: 1 },
];

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
if (!hasBlender()) throw new Error(`there is no ${BLENDER}; install Blender, or name it in BLENDER`);
const mocap = mocapFolder();
const files = [
  join(import.meta.dirname, '..', 'assets', 'samples', 'performance-clean.bvh'),
  ...(mocap === null
    ? []
    : ['val/cmu-daz-08/08_04.bvh', 'train/cmu-native/directing_traffic_4.bvh'].map((name) =>
        join(mocap, name),
      )),
];

const rows: {
  file: string;
  format: string;
  keyErrorMm: number;
  bytes: number;
  writeMs: number;
  farthestMm: number;
}[] = [];
for (const file of files) {
  const clip = await openClip(file);
  if (clip.source.kind !== 'skeleton') throw new Error(`${file} is no skeleton`);
  const whole = clip.source.clip;
  const motion = sliceClip(whole, [clip.leadFrames, clip.frameCount - 1]);
  const jobs: (BlenderJob & { readonly kind: (typeof KINDS)[number]; readonly writeMs: number })[] = [];
  for (const [at, kind] of KINDS.entries()) {
    const began = performance.now();
    const bytes = await exportClip(clip, null, kind);
    const name = `${at}-${basename(clip.name)}.${kind.format}`;
    jobs.push({ name, bytes, kind, writeMs: performance.now() - began });
  }
  const scenes = await importInBlender(jobs);
  scenes.forEach(({ takes }, at) => {
    const { kind, bytes, writeMs } = jobs[at];
    const expected = dropsLead(kind.format) ? motion : whole;
    const farthestMm = 1000 * farthest(takes[0], expected, false).metres;
    rows.push({
      file: basename(file),
      format: kind.format,
      keyErrorMm: kind.keyErrorMm ?? 0,
      bytes: bytes.length,
      writeMs,
      farthestMm,
    });
  });
}
console.log(
  markdownTable(
    ['file', 'format', 'fewer keys, mm', 'kB', 'written in ms', 'farthest joint in Blender, mm'],
    rows.map(({ file, format, keyErrorMm, bytes, writeMs, farthestMm }) => [
      file,
      format,
      keyErrorMm === 0 ? '' : String(keyErrorMm),
      (bytes / 1000).toFixed(0),
      writeMs.toFixed(0),
      farthestMm.toFixed(4),
    ]),
  ),
);
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(rows, null, 2));
