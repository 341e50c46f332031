import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Session, writeLine } from '../io.ts';
import { addServeOptions, readableFiles, type ServeFlags, serve } from './serve.ts';

/** What `npm start` runs. It is no part of the installed command's help. */
export function addStartCommand(program: Command, session: Session): void {
  addServeOptions(program.command('start', { hidden: true }))
    .summary('the application: its desktop window, or else the browser')
    .description(
      'Opens the application in its desktop window. Where that cannot be had, or with --port or --no-open, starts it for the browser.',
    )
    .action((typed: string[], flags: ServeFlags) => start(session, typed, flags));
}

async function start(session: Session, typed: readonly string[], flags: ServeFlags): Promise<void> {
  const { io } = session;
  const problem = await desktopProblem(session, typed, flags);
  if (problem === null) return;
  writeLine(io.stderr, `posemend: no desktop window, ${problem}; starting for the browser instead`);
  await serve(session, typed, flags);
}

/** Runs the desktop window to its end and returns null, or why there is none. */
async function desktopProblem(
  session: Session,
  typed: readonly string[],
  flags: ServeFlags,
): Promise<string | null> {
  const { io } = session;
  if (flags.port !== undefined) return 'as --port asks for the browser';
  if (!flags.open) return 'as --no-open asks for the browser';
  const { findDesktopApp, runDesktopApp } = await import('../../server/desktop-app.ts');
  const app = findDesktopApp(io.env);
  if ('missing' in app) return app.missing;
  // A whole path begins with no dash, so that no file's name is taken for a switch.
  const files = readableFiles(session, typed).map((file) => resolve(io.cwd, file));
  return runDesktopApp(app, files, io.signal);
}
