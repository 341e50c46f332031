import { EXIT_CODES } from '../contract/errors.ts';
import { explainSystemCode } from './errors.ts';
import { main } from './main.ts';

/** Runs the command line of this process and sets its exit code. */
export async function runProcess(): Promise<void> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.cancelled);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // The terminal was closed: what runs in it ends as tidily as by Ctrl+C.
  process.on('SIGHUP', onSignal);
  const output = watchOutput();
  const { stdout, stderr, env } = process;
  const exitCode = await main(process.argv.slice(2), {
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    signal: controller.signal,
  });
  // What was interrupted (a read from a slow disk) may still be on its way; do not wait for it.
  if (exitCode === EXIT_CODES.cancelled) process.exit(exitCode);
  process.exitCode = output.problem === undefined ? exitCode : EXIT_CODES.failed;
}

/**
 * Keeps a broken stdout or stderr from ending the work: a reader that has had enough (`| head`) is no failure,
 * a disk that filled up (`> file`) is one.
 */
function watchOutput(): { problem?: string } {
  const state: { problem?: string } = {};
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || state.problem !== undefined) return;
    const { what, advice } = explainSystemCode(error.code ?? '');
    state.problem = `stdout: cannot be written: ${what}; ${advice}`;
    process.stderr.write(`${state.problem}\n`);
    process.exitCode = EXIT_CODES.failed;
  });
  return state;
}
