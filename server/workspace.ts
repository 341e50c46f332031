import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for uploads and the engine's files, for as long as the process lives. */
export interface Workspace {
  readonly folder: string;
  /** Removes it and all that is in it. */
  remove(): void;
}

/** Process ids are unique on one machine only, and temporary folders may be shared between containers. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const NAME = /^posemend-(\d+)-([0-9a-f]{8})-\w{6}$/;

/**
 * Makes a workspace in `parent`, readable by this user alone, and removes those that processes of this machine
 * left when they were killed. It is removed when the process exits, also by an uncaught exception.
 */
export function makeWorkspace(parent: string = tmpdir()): Workspace {
  removeStale(parent);
  const folder = mkdtempSync(join(parent, `posemend-${process.pid}-${MACHINE}-`));
  mkdirSync(join(folder, 'files'));
  const remove = () => {
    process.off('exit', remove);
    removeFolder(folder);
  };
  process.on('exit', remove);
  return { folder, remove };
}

function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid, machine] = NAME.exec(name) ?? [];
    if (machine === MACHINE && !isAlive(Number(pid))) removeFolder(join(parent, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other answer (EPERM) comes from a process that is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What cannot be removed (another user's, a file in use on Windows) is left to the system. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  } catch {}
}
