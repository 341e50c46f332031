import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addConvertCommand } from './commands/convert.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addLibraryCommand } from './commands/library.ts';
import { addModelsCommand } from './commands/models.ts';
import { addRefineCommand } from './commands/refine.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStartCommand } from './commands/start.ts';
import type { Session } from './io.ts';

const EXAMPLES = `
Examples:
  posemend refine walk.bvh -o walk-clean.bvh
  posemend refine takes/ -o cleaned/ --report cleaned/{name}.html
  posemend inspect walk.npy --layout coco17 --fps 30
  posemend evaluate cleaned/walk.bvh truth/walk.bvh
  posemend serve walk.bvh

Exit codes: 0 done, 2 bad usage, 3 bad input, 4 failed run, 130 interrupted.`;

/** The command line's grammar. Errors go to the session's stderr and are thrown as CommanderError. */
export function buildProgram(session: Session): Command {
  const { stdout, stderr } = session.io;
  const program = new Command('posemend');
  program
    .description(
      "Cleans up motion capture: refines noisy BVH and NPY clips and puts the result back on the clip's own skeleton.",
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'posemend: ')),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addRefineCommand(program, session);
  addInspectCommand(program, session);
  addEvaluateCommand(program, session);
  addConvertCommand(program, session);
  addLibraryCommand(program, session);
  addModelsCommand(program, session);
  addServeCommand(program, session);
  addStartCommand(program, session);
  return program;
}

/** The version in the package's `package.json`, which lies above this file in the sources and in the build. */
function packageVersion(): string {
  for (const above of ['../package.json', '../../package.json']) {
    const file = new URL(above, import.meta.url);
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name === 'posemend' && version !== undefined) return version;
  }
  return 'unknown';
}
