import { frameSequences } from '../../contract/frame-files.ts';
import type { FileGroup } from './folder-files.ts';
import { zipFiles } from './zip-files.ts';

/** The files as clips: those that hold one frame each become one ZIP for each motion. */
export async function bundleFrames({ folder, files }: FileGroup): Promise<File[]> {
  const sequences = frameSequences(files.map(({ name }) => name));
  const framed = new Set(sequences.flatMap(({ members }) => members));
  const clips = files.filter((_, at) => !framed.has(at));
  for (const { name, members } of sequences) {
    const frames = members.map((at) => ({ name: files[at].name, bytes: files[at] }));
    clips.push(await zipFiles(bundleName(name, folder), frames));
  }
  return clips;
}

/** `walk.zip`; bare numbers are named by their folder. */
function bundleName(sequence: string, folder: string): string {
  return `${sequence || folder || 'frames'}.zip`;
}
