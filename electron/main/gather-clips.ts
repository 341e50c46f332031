import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { frameSequences } from '../../contract/frame-files.ts';
import { isClipName, notAClip } from './clip-files.ts';

/** What the user gave, as clips. */
export interface GatheredClips {
  /** Files, and folders of one file for each frame; those end with a separator. */
  readonly paths: readonly string[];
  /** Why others were left out. */
  readonly refused: readonly string[];
}

/** Folders below a given one are looked into this far: `output/keypoints3d/`. */
const DEEPEST = 4;
/** More clips in one go are a whole library dropped by mistake. */
const MOST_CLIPS = 100;

/**
 * Looks into folders, and takes files of one frame each for the folder they lie in, which the engine reads as one
 * clip. Whether the files are there is not asked.
 */
export async function gatherClips(given: readonly string[]): Promise<GatheredClips> {
  const paths = new Set<string>();
  const refused: string[] = [];
  for (const [folder, files] of byFolder(given.filter((path) => !mayBeFolder(path)))) {
    const framed = new Set(
      frameSequences(files.map((file) => basename(file))).flatMap(({ members }) => members),
    );
    for (const [at, file] of files.entries()) if (!framed.has(at)) paths.add(file);
    if (framed.size === 0) continue;
    if ((await sequenceCount(folder)) === 1) paths.add(asFolder(folder));
    else refused.push(severalMotions(folder));
  }
  for (const folder of given.filter(mayBeFolder)) {
    const found = await clipsBelow(folder, DEEPEST, refused);
    if (found.length === 0) refused.push(notAClip(basename(folder)));
    for (const path of found) paths.add(path);
  }
  if (paths.size > MOST_CLIPS) {
    return { paths: [], refused: [`These are ${paths.size} clips. Open ${MOST_CLIPS} at most in one go.`] };
  }
  return { paths: [...paths], refused };
}

/** Only a name without a clip's suffix is looked into; of any other the suffix says what it is. */
function mayBeFolder(path: string): boolean {
  return isAbsolute(path) && !path.includes('\0') && !isClipName(path);
}

function byFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), path]);
  return folders;
}

async function clipsBelow(folder: string, depth: number, refused: string[]): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const names = entries.filter((entry) => entry.isFile() && isClipName(entry.name)).map(({ name }) => name);
  const sequences = frameSequences(names);
  const framed = new Set(sequences.flatMap(({ members }) => members));
  const clips = names.filter((_, at) => !framed.has(at)).map((name) => join(folder, name));
  if (sequences.length === 1) clips.push(asFolder(folder));
  if (sequences.length > 1) refused.push(severalMotions(folder));
  if (depth === 0) return clips;
  for (const entry of entries) {
    if (entry.isDirectory()) clips.push(...(await clipsBelow(join(folder, entry.name), depth - 1, refused)));
  }
  return clips;
}

async function sequenceCount(folder: string): Promise<number> {
  return frameSequences(await readdir(folder).catch(() => [])).length;
}

function asFolder(path: string): string {
  return path.endsWith(sep) ? path : path + sep;
}

function severalMotions(folder: string): string {
  return `${basename(folder)} holds the frames of several motions. Give each a folder of its own, or a ZIP.`;
}
