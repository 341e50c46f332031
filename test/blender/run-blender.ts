import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file to import. */
export interface BlenderJob {
  /** With its extension: `walk.bvh`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Metres per unit of a BVH, given to the importer as its scale. */
  readonly scale?: number;
  /** Formats in which Blender then exports the scene. */
  readonly exports?: readonly BlenderExport[];
}

export type BlenderExport = 'bvh' | 'glb' | 'fbx';

type Point = readonly [x: number, y: number, z: number];

/** One action as it plays on the armature. */
export interface BlenderTake {
  readonly action: string;
  /** Frame numbers of its first and last key. */
  readonly first: number;
  readonly last: number;
  /** The frames looked at. */
  readonly frames: readonly number[];
  /** World positions of each bone's head in those frames, metres, Blender's Z up. */
  readonly heads: Readonly<Record<string, readonly Point[]>>;
}

/** What stands in Blender after an import. */
export interface BlenderScene {
  readonly fps: number;
  readonly armatures: number;
  /** Vertices of meshes that the armature moves. */
  readonly skinnedVertices: number;
  /** The armature's world matrix, rows. */
  readonly world: readonly (readonly number[])[];
  readonly restHeads: Readonly<Record<string, Point>>;
  readonly parents: Readonly<Record<string, string | null>>;
  readonly takes: readonly BlenderTake[];
  readonly exported: ReadonlyMap<BlenderExport, Uint8Array>;
}

export const BLENDER = process.env.BLENDER ?? '/usr/bin/blender';
export const SAMPLES = 20;

export function hasBlender(): boolean {
  return existsSync(BLENDER);
}

/** Imports each file into an empty scene, all in one start of Blender, which takes two seconds by itself. */
export async function importInBlender(jobs: readonly BlenderJob[]): Promise<BlenderScene[]> {
  const folder = mkdtempSync(join(tmpdir(), 'posemend-blender-'));
  try {
    const exportPath = (name: string, format: BlenderExport) => join(folder, `${name}-exported.${format}`);
    const list = jobs.map(({ name, bytes, scale = 1, exports = [] }) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return { path, scale, samples: SAMPLES, exports: exports.map((format) => exportPath(name, format)) };
    });
    const jobsPath = join(folder, 'jobs.json');
    const outPath = join(folder, 'out.json');
    writeFileSync(jobsPath, JSON.stringify(list));
    const script = join(import.meta.dirname, 'inspect_imports.py');
    const flags = ['--background', '--factory-startup', '--python-exit-code', '1', '--python', script];
    const child = spawn(BLENDER, [...flags, '--', jobsPath, outPath], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    const [status] = await once(child, 'close');
    if (status !== 0 || !existsSync(outPath)) throw new Error(`Blender ended with ${status}\n${said}`);
    const scenes: Omit<BlenderScene, 'exported'>[] = JSON.parse(readFileSync(outPath, 'utf8'));
    return jobs.map(({ name, exports = [] }, at) => ({
      ...scenes[at],
      exported: new Map(
        exports.map((format) => [format, new Uint8Array(readFileSync(exportPath(name, format)))]),
      ),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
