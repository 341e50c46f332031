import { EXIT_CODES, PoseMendError } from '../contract/errors.ts';
import { FormatError } from '../motion/errors.ts';
import { type Io, writeLine } from './io.ts';

export interface Failure {
  readonly message: string;
  readonly exitCode: number;
}

/**
 * What to tell a user about something thrown, and the exit code that follows. `subject` is the file that was
 * worked on, for errors that do not name one themselves.
 */
export function describeFailure(error: unknown, subject?: string): Failure {
  if (isInterrupt(error)) return { message: 'posemend: interrupted', exitCode: EXIT_CODES.cancelled };
  if (error instanceof FormatError) return { message: error.message, exitCode: EXIT_CODES.input };
  if (error instanceof PoseMendError) return { message: error.message, exitCode: EXIT_CODES[error.code] };
  const code = systemCode(error);
  if (code !== undefined) {
    const path = (error as NodeJS.ErrnoException).path ?? subject;
    const { what, advice } = explainSystemCode(code);
    return { message: `${prefix(path)}${what}; ${advice}`, exitCode: EXIT_CODES.failed };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    message: `${prefix(subject)}unexpected failure (${text}); set POSEMEND_DEBUG=1 to see where, and report it`,
    exitCode: EXIT_CODES.failed,
  };
}

/** Tells the user on stderr and returns the exit code. With POSEMEND_DEBUG set the stack follows. */
export function reportFailure(io: Io, error: unknown, subject?: string): number {
  const { message, exitCode } = describeFailure(error, subject);
  writeLine(io.stderr, message);
  if (io.env.POSEMEND_DEBUG && error instanceof Error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) writeLine(io.stderr, at.stack ?? '');
  }
  return exitCode;
}

/** A failed read as an error of the input, `explainSystemCode`'s words; anything else as it is. */
export function explainRead(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const { what, advice } = explainSystemCode(code);
  return new PoseMendError('input', `${path}: cannot be read: ${what}; ${advice}`, { cause: error });
}

/** Whether an error is an interrupt, after which nothing more is done. */
export function isInterrupt(error: unknown): boolean {
  if (error instanceof PoseMendError) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** The code of an operating system's refusal, e.g. 'ENOSPC'; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && syscall !== undefined ? code : undefined;
}

export function explainSystemCode(code: string): { readonly what: string; readonly advice: string } {
  return (
    SYSTEM_CODES[code] ?? {
      what: `the system refused (${code})`,
      advice: 'check the path and the disk it is on',
    }
  );
}

const SYSTEM_CODES: Readonly<Record<string, { readonly what: string; readonly advice: string }>> = {
  ENOSPC: { what: 'the disk is full', advice: 'make room, or write to another disk' },
  EDQUOT: { what: 'the disk quota is used up', advice: 'make room, or write to another disk' },
  EFBIG: {
    what: 'the file would be larger than the system allows',
    advice: 'raise the limit (ulimit -f), or write to another disk',
  },
  EACCES: { what: 'permission denied', advice: 'choose a place you may use, or change its permissions' },
  EPERM: { what: 'permission denied', advice: 'choose a place you may use, or change its permissions' },
  EROFS: { what: 'the disk is read-only', advice: 'choose a place you may write' },
  EISDIR: { what: 'this is a folder', advice: 'name a file' },
  ENOTDIR: { what: 'a part of the path is a file, not a folder', advice: 'choose another place' },
  ENOENT: { what: 'there is no such file or folder', advice: 'check the path' },
  ENAMETOOLONG: { what: 'the name is too long', advice: 'choose a shorter one' },
  EIO: { what: 'the disk reports an error', advice: 'check the disk' },
  EMFILE: { what: 'too many files are open', advice: 'raise the limit (ulimit -n)' },
};

function prefix(path: string | undefined): string {
  return path === undefined ? 'posemend: ' : `${path}: `;
}
