import { inputFormatOf } from '../../contract/file-kinds.ts';
import type { DroppedItem } from './dropped-items.ts';

/** Files that lay in one folder. */
export interface FileGroup {
  /** Name of the folder; '' for files that were given by themselves. */
  readonly folder: string;
  readonly files: readonly File[];
}

/** Folders below a dropped one are looked into this far: `output/keypoints3d/`. */
const DEEPEST = 4;

/** Files dropped by themselves, then those of each folder. In folders, only files that say they are clips are meant. */
export async function filesOfDrop(items: readonly DroppedItem[]): Promise<readonly FileGroup[]> {
  const alone = items.filter(({ folder }) => folder === null).map(({ file }) => file);
  const groups: FileGroup[] = alone.length === 0 ? [] : [{ folder: '', files: alone }];
  for (const { folder } of items) {
    if (folder === null) continue;
    const found = await clipsBelow(folder, DEEPEST);
    if (found.length === 0) throw new Error(`the folder ${folder.name} holds no motion clips`);
    groups.push(...found);
  }
  return groups;
}

async function clipsBelow(folder: FileSystemDirectoryEntry, depth: number): Promise<FileGroup[]> {
  const entries = await entriesOf(folder);
  const clips = entries.filter((entry) => entry.isFile && inputFormatOf(entry.name) !== undefined);
  const files = await Promise.all(clips.map((entry) => fileOf(entry as FileSystemFileEntry)));
  const groups: FileGroup[] = files.length === 0 ? [] : [{ folder: folder.name, files }];
  if (depth === 0) return groups;
  for (const entry of entries) {
    if (entry.isDirectory) groups.push(...(await clipsBelow(entry as FileSystemDirectoryEntry, depth - 1)));
  }
  return groups;
}

/** Browsers hand out a hundred at a time. In the order of their names. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    entries.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
