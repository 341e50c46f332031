import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand, temporaryFolder } from '../../test/run-command.ts';
import { sampleBvh } from '../../test/sample-files.ts';

let folder: ReturnType<typeof temporaryFolder>;
let temporary: string;
beforeEach(() => {
  folder = temporaryFolder();
  temporary = join(folder.path, 'temporary');
  mkdirSync(join(folder.path, 'page'));
  mkdirSync(temporary);
  writeFileSync(join(folder.path, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(8));
  vi.stubEnv('POSEMEND_RENDERER', join(folder.path, 'page'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

const FLAGS = ['--no-open', '--port', '0'];

/** Runs the command until it has printed its address, then does `meanwhile`, then interrupts it. */
async function serveUntil(argv: readonly string[], meanwhile: (url: URL) => Promise<void> = async () => {}) {
  const interrupt = new AbortController();
  let failure: unknown;
  const onStdout = (text: string) => {
    const [address] = /http\S+/.exec(text) ?? [];
    if (address === undefined) return;
    meanwhile(new URL(address))
      .catch((error) => {
        failure = error;
      })
      .finally(() => interrupt.abort());
  };
  const result = await runCommand(argv, { cwd: folder.path, signal: interrupt.signal, onStdout });
  if (failure !== undefined) throw failure;
  return result;
}

/** Takes a port for as long as `meanwhile` runs; one that another program has is taken already. */
async function withPortTaken(port: number, meanwhile: (port: number) => Promise<void>): Promise<void> {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.once('error', () => resolve());
    other.listen(port, '127.0.0.1', resolve);
  });
  try {
    await meanwhile((other.address() as AddressInfo | null)?.port ?? port);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
}

test('serve prints one line with the address, serves, and ends well when it is interrupted', async () => {
  let files: unknown;
  const found = await serveUntil(['serve', 'a.bvh', ...FLAGS], async (url) => {
    expect(await (await fetch(url)).text()).toBe('<!doctype html>');
    const authorization = `Bearer ${new URLSearchParams(url.hash.slice(1)).get('token')}`;
    files = await (await fetch(new URL('/api/files', url), { headers: { authorization } })).json();
    expect(readdirSync(temporary).length).toBe(1);
  });
  expect(files).toMatchObject([{ name: 'a.bvh' }]);
  expect(found).toMatchObject({ code: 0, stderr: '' });
  expect(found.stdout).toMatch(
    /^PoseMend runs at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43} \(Ctrl\+C ends it\)\n$/,
  );
  expect(readdirSync(temporary)).toEqual([]);
});

test('a port that was asked for and is taken is an error that says so', async () => {
  await withPortTaken(0, async (port) => {
    const { code, stderr, stdout } = await serveUntil(['serve', '--no-open', '--port', String(port)]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toBe(
      `port ${port} cannot be had: another program uses it; choose another one, or leave --port out\n`,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('where only the usual port is taken, any other will do', async () => {
  await withPortTaken(8717, async () => {
    const { code, stdout } = await serveUntil(['serve', '--no-open']);
    expect(code).toBe(0);
    expect(stdout).not.toContain(':8717/');
  });
});

test('clips that are not there are all named before anything starts', async () => {
  const { code, stdout, stderr } = await serveUntil(['serve', 'b.bvh', 'c.npy', ...FLAGS]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain('b.bvh: there is no such file');
  expect(stderr).toContain('c.npy: there is no such file');
});

test('a port that is none is a matter of usage', async () => {
  for (const port of ['70000', '-1', 'http', '80.5']) {
    const { code, stderr } = await serveUntil(['serve', '--port', port]);
    expect(code).toBe(2);
    expect(stderr).toContain('1 to 65535');
  }
});

test('a window that is not built is said at once', async () => {
  vi.stubEnv('POSEMEND_RENDERER', temporary);
  const { code, stderr } = await serveUntil(['serve', ...FLAGS]);
  expect(code).toBe(4);
  expect(stderr).toContain('the window is not built');
});

test.runIf(process.platform === 'linux')(
  'without a display the user is told to open the address',
  async () => {
    const { code, stderr } = await serveUntil(['serve', '--port', '0']);
    expect(code).toBe(0);
    expect(stderr).toContain('no display');
  },
);

test('start says in one line why there is no desktop window, and serves', async () => {
  const asked = await serveUntil(['start', 'a.bvh', ...FLAGS]);
  expect(asked.code).toBe(0);
  expect(asked.stderr).toBe(
    'posemend: no desktop window, as --port asks for the browser; starting for the browser instead\n',
  );
  expect(asked.stdout).toContain('PoseMend runs at');
});

test.skipIf(process.platform === 'win32')('Ctrl+C ends the process with 0, the engine too', async () => {
  const command = fileURLToPath(new URL('../bin/posemend.js', import.meta.url));
  const env = { ...process.env, POSEMEND_FROM_SOURCE: '1' };
  const child = spawn(process.execPath, [command, 'serve', ...FLAGS], { env, detached: true });
  let printed = '';
  child.stderr.on('data', (text) => {
    printed += text;
  });
  child.stdout.once('data', () => {
    // As a terminal does: to all of the process group.
    process.kill(-child.pid!, 'SIGINT');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, printed, left: readdirSync(temporary) }).toEqual({ code: 0, printed: '', left: [] });
});

test('help lists serve and keeps start to itself', async () => {
  const { stdout } = await runCommand(['--help'], { cwd: folder.path });
  expect(stdout).toMatch(/^ {2}serve /m);
  expect(stdout).not.toMatch(/^ {2}start /m);
});
