import { resolve } from 'node:path';

/** Where text goes. `isTTY` says that a person watches. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What a run of the command may touch of its process, besides the files it is told to. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One run of the command. */
export interface Session {
  readonly io: Io;
  /** What the process will exit with, unless something is thrown. */
  exitCode: number;
}

/** A path to open; messages show it as it was typed wherever that is possible. */
export function locate(io: Io, typed: string): string {
  return io.cwd === process.cwd() ? typed : resolve(io.cwd, typed);
}

/** Writes one line; control characters, which a file's names may hold, are shown as \xNN. */
export function writeLine(output: Output, text: string): void {
  output.write(`${printable(text)}\n`);
}

export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === '\n' ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
