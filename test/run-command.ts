import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../cli/main.ts';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Told each text as it is printed. */
  readonly onStdout?: (text: string) => void;
}

/** Runs `posemend` in this process. */
export async function runCommand(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const printed = { stdout: '', stderr: '' };
  const code = await main(argv, {
    stdout: {
      write: (text) => {
        printed.stdout += text;
        options.onStdout?.(text);
      },
    },
    stderr: {
      write: (text) => {
        printed.stderr += text;
      },
    },
    cwd: options.cwd,
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, ...printed };
}

/** A folder for one test; `remove` when done. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'posemend-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** SHA-256 of every file below a folder, by relative path; folders end with /. */
export function snapshot(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found[`${name}/`] = '';
    else found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return found;
}
