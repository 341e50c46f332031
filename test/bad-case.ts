import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, snapshot, temporaryFolder } from './run-command.ts';

/** A command that must fail, and what it must say. */
export interface BadCase {
  readonly title: string;
  /** Files to make first, by relative path; a path that ends with / is a folder. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly argv: readonly string[];
  readonly code: number;
  /** What stderr must say, in any order. */
  readonly says: readonly (string | RegExp)[];
}

/** `posemend refine FILE -o out.SUFFIX` with a filter, so that no network is needed. */
export function refineWithFilter(file: string): string[] {
  return ['refine', file, '-o', `out${file.slice(-4)}`, '--model', 'gaussian'];
}

/** Makes a test of each case: exit code and words as stated, no file changed, made or left over. */
export function testBadCases(cases: readonly BadCase[]): void {
  for (const { title, files, argv, code, says } of cases) {
    test(`${title}: exit code ${code}, the reason and the way out, nothing touched`, async () => {
      const folder = temporaryFolder();
      try {
        makeFiles(folder.path, files);
        const before = snapshot(folder.path);
        const { code: found, stdout, stderr } = await runCommand(argv, { cwd: folder.path });
        for (const words of says) {
          if (typeof words === 'string') expect(stderr).toContain(words);
          else expect(stderr).toMatch(words);
        }
        expect(stderr).not.toMatch(/unexpected failure|\n\s+at /);
        expect(found).toBe(code);
        expect(stdout).toBe('');
        expect(snapshot(folder.path)).toEqual(before);
      } finally {
        folder.remove();
      }
    });
  }
}

/** Makes files by relative path; a path that ends with / is a folder. */
export function makeFiles(root: string, files: BadCase['files']): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(path.endsWith('/') ? full : join(full, '..'), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(full, content);
  }
}
