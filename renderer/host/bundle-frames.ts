import { Zip, ZipPassThrough } from 'fflate';
import { frameSequences } from '../../contract/frame-files.ts';
import type { FileGroup } from './folder-files.ts';

/** What a ZIP without its 64-bit extension can list. */
const MOST_FRAMES = 65_535;

/** The files as clips: those that hold one frame each become one ZIP for each motion. */
export async function bundleFrames({ folder, files }: FileGroup): Promise<File[]> {
  const sequences = frameSequences(files.map(({ name }) => name));
  const framed = new Set(sequences.flatMap(({ members }) => members));
  const clips = files.filter((_, at) => !framed.has(at));
  for (const { name, members } of sequences) {
    const frames = members.map((at) => files[at]);
    clips.push(await zipFrames(bundleName(name, folder), frames));
  }
  return clips;
}

/** `walk.zip`; bare numbers are named by their folder. */
function bundleName(sequence: string, folder: string): string {
  return `${sequence || folder || 'frames'}.zip`;
}

/** A ZIP of files as they are. Each is read for itself, so that the page goes on between thousands of them. */
async function zipFrames(name: string, frames: readonly File[]): Promise<File> {
  if (frames.length > MOST_FRAMES) {
    throw new Error(
      `${name}: ${frames.length} frames are too many for one clip; give ${MOST_FRAMES} at most`,
    );
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  for (const frame of frames) {
    const content = new Uint8Array(await frame.arrayBuffer());
    const entry = new ZipPassThrough(frame.name);
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  return new File(parts, name, { type: 'application/zip' });
}
