import { CommanderError } from 'commander';
import { EXIT_CODES } from '../contract/errors.ts';
import { reportFailure } from './errors.ts';
import type { Io, Session } from './io.ts';
import { buildProgram } from './program.ts';

/**
 * Runs `posemend` with the arguments that follow its name. Returns the exit code (see `EXIT_CODES`); never
 * throws, never ends the process.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const session: Session = { io, exitCode: 0 };
  try {
    await buildProgram(session).parseAsync(argv, { from: 'user' });
    return session.exitCode;
  } catch (error) {
    // Commander has told the user already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
    return reportFailure(io, error);
  }
}
