import { expect, test } from 'vitest';
import { PoseMendError } from '../contract/errors.ts';
import { FormatError } from '../motion/errors.ts';
import { describeFailure, explainRead, isInterrupt, reportFailure } from './errors.ts';
import type { Io } from './io.ts';

function refusal(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code, syscall: 'open', ...(path && { path }) });
}

test('exit codes follow from who can do something about it', () => {
  expect(describeFailure(new PoseMendError('usage', 'x')).exitCode).toBe(2);
  expect(describeFailure(new FormatError('a.bvh', 7, 'x')).exitCode).toBe(3);
  expect(describeFailure(new PoseMendError('input', 'x')).exitCode).toBe(3);
  expect(describeFailure(new PoseMendError('failed', 'x')).exitCode).toBe(4);
  expect(describeFailure(new PoseMendError('cancelled', 'x')).exitCode).toBe(130);
  expect(describeFailure(new DOMException('x', 'AbortError')).exitCode).toBe(130);
  expect(describeFailure(new TypeError('x')).exitCode).toBe(4);
});

test('a system refusal names the file, in words, with a way out', () => {
  const { message, exitCode } = describeFailure(refusal('ENOSPC', 'out/walk.bvh'), 'walk.bvh');
  expect(message).toBe('out/walk.bvh: the disk is full; make room, or write to another disk');
  expect(exitCode).toBe(4);
  expect(describeFailure(refusal('EWHATEVER'), 'walk.bvh').message).toMatch(/^walk\.bvh: .*\(EWHATEVER\); /);
});

test('a file that cannot be read is bad input', () => {
  const error = explainRead('takes', refusal('EACCES'));
  expect(error).toMatchObject({ code: 'input' });
  expect((error as Error).message).toMatch(/^takes: cannot be read: permission denied; /);
  const mistake = new TypeError('x');
  expect(explainRead('takes', mistake)).toBe(mistake);
});

test('an unforeseen error names the file that was worked on', () => {
  expect(describeFailure(new TypeError('x is null'), 'walk.bvh').message).toMatch(
    /^walk\.bvh: unexpected failure \(TypeError: x is null\); /,
  );
});

test('an interrupt is told apart from a failure', () => {
  expect(isInterrupt(new PoseMendError('cancelled', 'x'))).toBe(true);
  expect(isInterrupt(new DOMException('x', 'AbortError'))).toBe(true);
  expect(isInterrupt(new PoseMendError('usage', 'x'))).toBe(false);
});

test('the stack is shown to those who ask, with its causes, and to nobody else', () => {
  const error = new PoseMendError('failed', 'outer', { cause: new Error('inner') });
  expect(told(error, {})).toBe('outer\n');
  const debugged = told(error, { POSEMEND_DEBUG: '1' });
  expect(debugged).toMatch(/\n\s+at /);
  expect(debugged).toContain('Error: inner');
});

test('control characters of a file cannot reach the terminal', () => {
  expect(told(new FormatError('a.bvh', 1, "found '\x1b[2J'"), {})).toBe("a.bvh:1: found '\\x1b[2J'\n");
});

function told(error: unknown, env: Io['env']): string {
  let text = '';
  const stderr = { write: (part: string) => (text += part) };
  reportFailure({ stdout: stderr, stderr, cwd: '/', env, signal: new AbortController().signal }, error);
  return text;
}
