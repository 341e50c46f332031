import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { ExportPreset } from '../contract/exports.ts';
import { exportCompanions } from '../motion/rig/companions.ts';
import { writeWholeFile } from './output.ts';

/** A clip that was written. */
export interface WrittenClip {
  readonly output: string;
  /** Frames per second. */
  readonly fps: number;
}

/**
 * Writes a preset's import script into each folder that clips were written to, for all of them. A script of earlier
 * clips stays, under its name; only `force` replaces it. Returns what was written.
 */
export function writeScripts(
  preset: ExportPreset | undefined,
  written: readonly WrittenClip[],
  force: boolean,
): readonly string[] {
  if (preset === undefined) return [];
  const files: string[] = [];
  for (const folder of new Set(written.map(({ output }) => dirname(output)))) {
    const clips = written.filter(({ output }) => dirname(output) === folder);
    const names = clips.map(({ output }) => basename(output));
    for (const { name, text } of exportCompanions(preset, names, clips[0].fps)) {
      const file = freeName(join(folder, name), text, force);
      writeWholeFile(file, text, { force: true });
      files.push(file);
    }
  }
  return files;
}

/** The name itself, or with a number where another script has it. */
function freeName(file: string, text: string, force: boolean): string {
  const suffix = extname(file);
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? file : `${file.slice(0, -suffix.length)}_${copy}${suffix}`;
    if (force || !existsSync(name) || readFileSync(name, 'utf8') === text) return name;
  }
}
