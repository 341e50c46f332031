import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../make-folders.ts';

const GRAPH_FILE = 'index.hnsw';
const STAMP_FILE = 'index.json';

/** What a saved index was made from. Stands beside it as `index.json`. */
export interface IndexStamp {
  /** `LibraryRows.libraryId`. */
  readonly library: string;
  readonly generation: number;
  readonly entries: number;
}

interface StoredStamp extends IndexStamp {
  /** Of the graph file: hnswlib crashes on a damaged one, so it never gets to see one. */
  readonly sha256: string;
}

/** The path of a graph to load, or why there is none. */
export type SavedIndex = { readonly graph: string } | { readonly problem: 'missing' | 'older' | 'damaged' };

/** Looks in `folder` for an index saved whole and made from exactly what `wanted` says. */
export function findSavedIndex(folder: string, wanted: IndexStamp): SavedIndex {
  const graph = join(folder, GRAPH_FILE);
  const stamp = readIfThere(join(folder, STAMP_FILE));
  const content = readIfThere(graph);
  if (stamp === undefined || content === undefined) return { problem: 'missing' };
  const stored = parseStamp(stamp);
  if (stored === undefined) return { problem: 'damaged' };
  const isSame =
    stored.library === wanted.library &&
    stored.generation === wanted.generation &&
    stored.entries === wanted.entries;
  if (!isSame) return { problem: 'older' };
  return sha256(content) === stored.sha256 ? { graph } : { problem: 'damaged' };
}

/**
 * Saves an index so that a crash at any moment leaves the old pair of files, the new pair, or a pair that does
 * not fit together, which `findSavedIndex` recognises. Throws an Error if the folder cannot be written.
 */
export function saveIndex(folder: string, stamp: IndexStamp, write: (file: string) => void): void {
  makeFolders(folder);
  const graph = join(folder, GRAPH_FILE);
  const newGraph = `${graph}.${process.pid}.new`;
  const newStamp = join(folder, `${STAMP_FILE}.${process.pid}.new`);
  try {
    write(newGraph);
    flushToDisk(newGraph);
    const stored: StoredStamp = { ...stamp, sha256: sha256(readFileSync(newGraph)) };
    writeFileSync(newStamp, `${JSON.stringify(stored, null, 2)}\n`);
    flushToDisk(newStamp);
    renameSync(newGraph, graph);
    renameSync(newStamp, join(folder, STAMP_FILE));
  } finally {
    rmSync(newGraph, { force: true });
    rmSync(newStamp, { force: true });
  }
}

function parseStamp(text: Uint8Array): StoredStamp | undefined {
  try {
    const value = JSON.parse(Buffer.from(text).toString('utf8')) as StoredStamp | null;
    return typeof value?.sha256 === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
