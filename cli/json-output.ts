import type { Session } from './io.ts';

/**
 * Prints what became of a command's files: of one file its object, or nothing where that failed; of several a
 * list, in which those that failed have an `error`.
 */
export function printJson({ io, exitCode }: Session, results: readonly unknown[], isMany: boolean): void {
  if (isMany) io.stdout.write(`${JSON.stringify(results)}\n`);
  else if (exitCode === 0) io.stdout.write(`${JSON.stringify(results[0])}\n`);
}
