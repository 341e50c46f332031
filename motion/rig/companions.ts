import { blenderScript } from './companion-blender.ts';
import { unityScript } from './companion-unity.ts';

/** A text file that goes beside an export and sets it up where it is imported. */
export interface Companion {
  readonly name: string;
  readonly text: string;
}

export type CompanionPreset = 'blender' | 'unity' | 'unreal' | 'maya';

/**
 * Scripts for the program that files are written for; none for files it cannot import. Unreal and Maya take the files as they are.
 * @param fileNames without folders, as they lie beside the script
 * @param fps frames per second of the files
 */
export function exportCompanions(
  preset: CompanionPreset,
  fileNames: readonly string[],
  fps: number,
): readonly Companion[] {
  const has = (kinds: RegExp): boolean => fileNames.some((name) => kinds.test(name));
  if (preset === 'blender' && has(/\.(fbx|glb|bvh)$/i))
    return [{ name: 'import_posemend.py', text: blenderScript(fileNames, fps) }];
  if (preset === 'unity' && has(/\.fbx$/i))
    return [{ name: 'PoseMendImport.cs', text: unityScript(fileNames) }];
  return [];
}
