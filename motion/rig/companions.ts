import { blenderScript } from './companion-blender.ts';
import { unityScript } from './companion-unity.ts';

/** A text file that goes beside an export and sets it up where it is imported. */
export interface Companion {
  readonly name: string;
  readonly text: string;
}

export type CompanionPreset = 'blender' | 'unity' | 'unreal' | 'maya';

/**
 * Scripts for the program that files are written for. Unreal and Maya take the files as they are.
 * @param fileNames without folders, as they lie beside the script
 * @param fps frames per second of the files
 */
export function exportCompanions(
  preset: CompanionPreset,
  fileNames: readonly string[],
  fps: number,
): readonly Companion[] {
  if (preset === 'blender') return [{ name: 'import_posemend.py', text: blenderScript(fileNames, fps) }];
  if (preset === 'unity') return [{ name: 'PoseMendImport.cs', text: unityScript(fileNames) }];
  return [];
}
