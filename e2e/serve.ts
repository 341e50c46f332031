import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface RunningServer {
  /** With its token. */
  readonly url: string;
  stop(): Promise<void>;
}

const COMMAND = join(import.meta.dirname, '..', 'cli', 'bin', 'posemend.js');

/** Starts `posemend serve` as a user would, on a free port. */
export async function startServer(files: readonly string[] = []): Promise<RunningServer> {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--no-open', '--port', '0', ...files], {
    env: { ...process.env, POSEMEND_TEST: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await firstUrl(child);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk;
      const found = text.match(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/);
      if (found !== null) resolve(found[0]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`posemend serve ended with ${code}:\n${text}`)));
  });
}
