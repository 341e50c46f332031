import { basename } from 'node:path';
import type { ExportPreset } from '../contract/exports.ts';
import { exportCompanions } from '../motion/rig/companions.ts';
import type { ExportOptions, OpenedClip } from '../native-model/index.ts';

/** The scripts of a preset for one written file, as they are to be written. */
export function scriptsFor(
  preset: ExportPreset | undefined,
  output: string,
  files: readonly string[],
  { fps }: ExportOptions,
  clip: OpenedClip,
): readonly { readonly file: string; readonly text: string }[] {
  if (preset === undefined) return [];
  const scripts = exportCompanions(preset, [basename(output)], fps ?? 1 / clip.frameTime);
  return scripts.map(({ text }, index) => ({ file: files[index], text }));
}
