import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';

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
 * left when they were killed. It is removed when the process exits, also by an uncaught exception. Throws
 * PoseMendError ('failed') where none can be made.
 */
export function makeWorkspace(parent: string = tmpdir()): Workspace {
  const folder = makeFolder(parent);
  const remove = () => {
    process.off('exit', remove);
    removeFolder(folder);
  };
  process.on('exit', remove);
  return { folder, remove };
}

function makeFolder(parent: string): string {
  try {
    removeStale(parent);
    const folder = mkdtempSync(join(parent, `posemend-${process.pid}-${MACHINE}-`));
    mkdirSync(join(folder, 'files'));
    return folder;
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const advice = 'make room there, or let TMPDIR name a folder that can be written';
    throw new PoseMendError('failed', `${parent}: no temporary folder can be made (${code}); ${advice}`, {
      cause,
    });
  }
}

function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid, machine] = NAME.exec(name) ?? [];
    const path = join(parent, name);
    if (machine === MACHINE && !isAlive(Number(pid)) && isOwnFolder(path)) removeFolder(path);
  }
}

/** In a shared temporary folder anybody can make something of this name. */
function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
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
