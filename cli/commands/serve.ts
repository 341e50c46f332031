import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { PoseMendError } from '../../contract/errors.ts';
import type { RunningServer } from '../../server/start-server.ts';
import { reportFailure } from '../errors.ts';
import { expandInputs } from '../inputs.ts';
import { type Session, writeLine } from '../io.ts';

export interface ServeFlags {
  readonly port?: number;
  /** False with --no-open. */
  readonly open: boolean;
}

/** A port of its own keeps what the browser remembers for the window (layout, theme) from one run to the next. */
const USUAL_PORT = 8717;

const NOTES = `
Only this computer can reach the application; its address carries a token that changes with every run. Ctrl+C ends
it. From another computer: ssh -L ${USUAL_PORT}:127.0.0.1:${USUAL_PORT} HOST, then open the printed address.

Examples:
  posemend serve
  posemend serve walk.bvh takes/ --port 9000 --no-open`;

export function addServeCommand(program: Command, session: Session): void {
  addServeOptions(program.command('serve'))
    .summary('the application in the browser')
    .description('Starts the application and opens it in the browser, with the clips named.')
    .addHelpText('after', NOTES)
    .action((typed: string[], flags: ServeFlags) => serve(session, typed, flags));
}

/** Arguments and options of every command that may start the browser host. */
export function addServeOptions(command: Command): Command {
  return command
    .argument('[files...]', 'clips to open: files, or folders whose .bvh and .npy files are meant')
    .option('--port <n>', `port (default: ${USUAL_PORT}, or any free one)`, parsePort)
    .option('--no-open', 'do not open the browser');
}

/** Runs the browser host until it is interrupted, which is how it is meant to end: exit code 0. */
export async function serve(session: Session, typed: readonly string[], flags: ServeFlags): Promise<void> {
  const { io } = session;
  const files = readableFiles(session, typed);
  const { hasDisplay, openBrowser } = await import('../../server/open-browser.ts');
  const server = await startAt(flags.port, files);
  try {
    writeLine(io.stdout, `PoseMend runs at ${server.url} (Ctrl+C ends it)`);
    if (flags.open) {
      if (!hasDisplay(io.env)) {
        writeLine(io.stderr, 'posemend: there is no display here; open the address in a browser yourself');
      } else if (!(await openBrowser(server.ticketUrl()))) {
        writeLine(io.stderr, 'posemend: no browser could be started; open the address yourself');
      }
    }
    await aborted(io.signal);
  } finally {
    await server.close();
  }
}

/** Whole or relative paths of the clips named; throws the first problem after telling all others, before anything is started. */
export function readableFiles(session: Session, typed: readonly string[]): readonly string[] {
  const { io } = session;
  const { files, problems } = expandInputs(io, typed);
  const missing = files.filter((file) => !existsSync(file));
  const all: Error[] = [...problems, ...missing.map(noSuchFile)];
  if (all.length === 0) return files;
  for (const problem of all.slice(0, -1)) reportFailure(io, problem);
  throw all.at(-1);
}

function noSuchFile(file: string): PoseMendError {
  return new PoseMendError('input', `${file}: there is no such file or folder; check the path`);
}

/** The port asked for and no other; without one the usual port, or any that is free. */
async function startAt(port: number | undefined, files: readonly string[]): Promise<RunningServer> {
  const { isPortTaken, startServer } = await import('../../server/start-server.ts');
  if (port !== undefined) return startServer({ port, files });
  try {
    return await startServer({ port: USUAL_PORT, files });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    return startServer({ port: 0, files });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a number from 1 to 65535, e.g. 9000; 0 takes any free port.');
}
