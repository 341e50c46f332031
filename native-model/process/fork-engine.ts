import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromEngine } from '../../contract/host.ts';
import type { EngineChild } from './engine-supervisor.ts';

/** The engine's entry, in the sources or in the build, wherever this file is. */
export function engineEntry(): string {
  const suffix = extname(fileURLToPath(import.meta.url));
  return fileURLToPath(new URL(`./engine-process${suffix}`, import.meta.url));
}

/**
 * Starts the engine as a process of Node's. `workspace` is a folder of the host's where the engine may keep its
 * files; the host removes it.
 */
export function forkEngine(workspace: string, entry: string = engineEntry()): EngineChild {
  const child = fork(entry, [], {
    // Frames travel as bytes, not as text.
    serialization: 'advanced',
    env: { ...process.env, POSEMEND_WORKSPACE: workspace },
    // The host's stdout is for its user; what the engine prints is news of trouble.
    stdio: ['ignore', 2, 2, 'ipc'],
    // In a process group of its own, a Ctrl+C in the terminal reaches the host alone, which ends the engine in order.
    detached: process.platform !== 'win32',
  });
  // A message to a process that has just died; its exit is told by itself.
  child.on('error', () => {});
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => whenGone(child, listener),
    kill: () => child.kill('SIGKILL'),
  };
}

function whenGone(child: ChildProcess, listener: (reason: string) => void): void {
  if (child.exitCode !== null || child.signalCode !== null) {
    listener(exitReason(child.exitCode, child.signalCode));
    return;
  }
  let isGone = false;
  const tell = (reason: string) => {
    if (!isGone) listener(reason);
    isGone = true;
  };
  child.once('exit', (code, signal) => tell(exitReason(code, signal)));
  child.on('error', (error) => {
    // Without a process id it never ran, and there will be no exit.
    if (child.pid === undefined) tell(`it could not be started (${error.message})`);
  });
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'the system ended it, perhaps for want of memory (SIGKILL)';
  if (signal !== null) return `it crashed (${signal})`;
  return `it ended with exit code ${code}`;
}
