import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from './run-command.ts';
import { positionsNpy, sampleBvh, samplePositions } from './sample-files.ts';

const COMMAND = fileURLToPath(new URL('../cli/bin/posemend.js', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Run {
  readonly argv: readonly string[];
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Once this text is on stdout, the signal is sent. */
  readonly signalAfter?: readonly [text: string, signal: NodeJS.Signals];
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(8));
});
afterEach(() => folder.remove());

/** Runs the sources, not a build that may be older. */
function start({ argv, nodeOptions = [], signalAfter }: Run): Promise<Finished> {
  const child = spawn(process.execPath, [...nodeOptions, COMMAND, ...argv], {
    cwd: folder.path,
    env: { ...process.env, POSEMEND_FROM_SOURCE: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const hadText = signalAfter !== undefined && stdout.includes(signalAfter[0]);
    stdout += text;
    if (signalAfter !== undefined && !hadText && stdout.includes(signalAfter[0])) child.kill(signalAfter[1]);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

test('the command works as a process, with a path as it was typed', async () => {
  const found = await start({ argv: ['refine', 'a.bvh', '-o', 'out.bvh', '--model', 'gaussian'] });
  expect(found).toMatchObject({ code: 0, stderr: '' });
  expect(found.stdout).toMatch(/^a\.bvh -> out\.bvh\n/);
  expect(readdirSync(folder.path)).toEqual(['a.bvh', 'out.bvh']);
});

test('a failure sets the exit code of the process and prints no stack', async () => {
  const found = await start({ argv: ['inspect', 'gone.bvh'] });
  expect(found).toEqual({ code: 3, stdout: '', stderr: 'gone.bvh: there is no such file; check the path\n' });
});

test('an old Node is told in one line what is needed', async () => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } });";
  const found = await start({
    argv: ['--version'],
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
  });
  expect(found).toMatchObject({ code: 4, stdout: '' });
  expect(found.stderr).toMatch(
    /^posemend: needs Node 22\.12 or newer, this is 20\.19\.0; .*nodejs\.org.*\n$/,
  );
});

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of a clip leaves the clips before it and no half one',
  async (signal) => {
    // Long enough that it is being worked on when the signal arrives, which is sent when the first is done.
    const long = new Float32Array(40_000 * 17 * 3);
    const short = samplePositions(400);
    for (let at = 0; at < long.length; at += short.length) long.set(short.subarray(0, long.length - at), at);
    writeFileSync(join(folder.path, 'b.npy'), positionsNpy(long, 17, 3));
    const found = await start({
      argv: ['refine', 'a.bvh', 'b.npy', '-o', 'out', '--model', 'gaussian', '--report', 'out/'],
      signalAfter: ['a.bvh -> ', signal],
    });
    expect(found.stderr).toBe('1 done, 0 failed, 1 not done\nposemend: interrupted\n');
    expect(found.code).toBe(130);
    expect(readdirSync(join(folder.path, 'out')).sort()).toEqual(['a.bvh', 'a.html', 'a.json']);
  },
);
