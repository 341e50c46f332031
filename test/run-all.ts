/**
 * Runs every suite and ends with one line: `N passed, N failed, N skipped`, all suites added up. Type check and
 * lint count as one test each.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../e2e/find-chromium.ts';
import { electronBinary } from '../server/desktop-app.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'posemend-tests-'));
const total = { passed: 0, failed: 0, skipped: 0 };

step('type check', ['tsc', '-b']);
step('lint, import directions and format', ['biome', 'check', '.']);
runVitest();
runPytest();
runEndToEnd();
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function step(title: string, [tool, ...args]: string[]): void {
  console.log(`\n> ${title}`);
  const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
  });
  count(status === 0 ? 'passed' : 'failed', 1);
}

function runVitest(): void {
  console.log('\n> TypeScript tests');
  const out = join(folder, 'vitest.json');
  const { status } = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${out}`],
    { cwd: root, stdio: 'inherit' },
  );
  if (!existsSync(out)) {
    count('failed', 1);
    return;
  }
  const report = JSON.parse(readFileSync(out, 'utf8'));
  count('passed', report.numPassedTests);
  count('failed', report.numFailedTests);
  count('skipped', report.numPendingTests + report.numTodoTests);
  // A file that does not load has no tests to count.
  if (status !== 0 && report.numFailedTests === 0) count('failed', 1);
}

function runPytest(): void {
  console.log('\n> tests of the training package');
  const python = ['python3', '/usr/bin/python3'].find(
    (command) =>
      spawnSync(command, ['-c', 'import torch, numpy, scipy, onnx, pytest'], { stdio: 'ignore' }).status ===
      0,
  );
  if (python === undefined) {
    console.log(
      'skipped: no Python with PyTorch, NumPy, SciPy, onnx and pytest (Debian: apt install python3-torch python3-onnx python3-scipy python3-pytest)',
    );
    count('skipped', 1);
    return;
  }
  const out = join(folder, 'pytest.xml');
  const { status } = spawnSync(
    python,
    ['-m', 'pytest', '-q', `--junitxml=${out}`, 'native-model/training/tests'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    },
  );
  if (!existsSync(out)) {
    count('failed', 1);
    return;
  }
  const suite = readFileSync(out, 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? '';
  const number = (name: string): number => Number(suite.match(new RegExp(`${name}="(\\d+)"`))?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  count('failed', failed);
  count('skipped', number('skipped'));
  count('passed', number('tests') - failed - number('skipped'));
  if (status !== 0 && failed === 0) count('failed', 1);
}

/** The window in a real browser, and in Electron where its binary is there. */
function runEndToEnd(): void {
  console.log('\n> end-to-end tests');
  if (findChromium() === null) {
    console.log('skipped: no Chromium (Debian: apt install chromium; elsewhere name one in CHROMIUM)');
    count('skipped', 1);
    return;
  }
  const projects = ['--project=browser'];
  if (electronBinary(process.env, root) === null) {
    console.log('skipped in Electron: the electron package came without its binary');
    count('skipped', 1);
  } else {
    projects.push('--project=electron');
  }
  const out = join(root, 'e2e', 'results', 'report.json');
  rmSync(out, { force: true });
  const { status } = spawnSync(
    join(root, 'node_modules', '.bin', 'playwright'),
    ['test', '--config', 'e2e/playwright.config.ts', ...projects],
    { cwd: root, stdio: 'inherit' },
  );
  if (!existsSync(out)) {
    count('failed', 1);
    return;
  }
  const { stats } = JSON.parse(readFileSync(out, 'utf8'));
  count('passed', stats.expected + stats.flaky);
  count('failed', stats.unexpected);
  count('skipped', stats.skipped);
  if (status !== 0 && stats.unexpected === 0) count('failed', 1);
}

function count(kind: keyof typeof total, amount: number): void {
  total[kind] += amount;
}
