import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../test/run-command.ts';
import { expandInputs } from './inputs.ts';
import type { Io } from './io.ts';
import { planOutputs } from './output-plan.ts';

let folder: ReturnType<typeof temporaryFolder>;
let io: Io;
beforeEach(() => {
  folder = temporaryFolder();
  const silent = { write: () => {} };
  io = { stdout: silent, stderr: silent, cwd: folder.path, env: {}, signal: new AbortController().signal };
  mkdirSync(join(folder.path, 'takes', 'deeper'), { recursive: true });
  for (const name of ['b.npy', 'a.BVH', 'notes.txt', '.hidden.bvh', 'deeper/c.bvh']) {
    writeFileSync(join(folder.path, 'takes', name), '');
  }
});
afterEach(() => folder.remove());

/** Outputs, relative to the folder, of planning `inputs` into `out`. */
function outputsOf(inputs: string[], out: string, reports: string[] = []): string[] {
  const plans = planOutputs(io, expandInputs(io, inputs), { out, reports, force: false });
  return plans
    .flatMap((plan) => [plan.output, ...plan.reports.map((report) => report.file)])
    .map((file) => file.slice(folder.path.length + 1));
}

test('a folder stands for its clips, by name, without those of its folders', () => {
  expect(outputsOf(['takes'], 'out')).toEqual(['out/a.BVH', 'out/b.npy']);
});

test('a clip named twice is done once', () => {
  expect(outputsOf(['takes', 'takes/b.npy', './takes/b.npy'], 'out')).toEqual(['out/a.BVH', 'out/b.npy']);
});

test('OUT is a folder if it exists as one, ends with / or has no suffix of a clip', () => {
  expect(outputsOf(['walk.bvh'], 'out.bvh')).toEqual(['out.bvh']);
  expect(outputsOf(['walk.bvh'], 'OUT.NPY')).toEqual(['OUT.NPY']);
  expect(outputsOf(['walk.bvh'], 'takes')).toEqual(['takes/walk.bvh']);
  expect(outputsOf(['walk.bvh'], 'new.bvh/')).toEqual(['new.bvh/walk.bvh']);
  expect(outputsOf(['walk.bvh'], 'session.v2')).toEqual(['session.v2/walk.bvh']);
});

test('a folder of one clip is still a folder', () => {
  expect(() => outputsOf(['takes/deeper'], 'out.bvh')).toThrow(/give a folder/);
  expect(outputsOf(['takes/deeper'], 'out')).toEqual(['out/c.bvh']);
});

test('reports take the name of the result', () => {
  expect(outputsOf(['a.bvh'], 'x.bvh', ['r.json', 'r.html'])).toEqual(['x.bvh', 'r.json', 'r.html']);
  expect(outputsOf(['a.bvh', 'b.bvh'], 'o', ['r/{name}.html'])).toEqual([
    'o/a.bvh',
    'r/a.html',
    'o/b.bvh',
    'r/b.html',
  ]);
  expect(outputsOf(['a.bvh'], 'x.bvh', ['r/'])).toEqual(['x.bvh', 'r/x.json', 'r/x.html']);
});

test('clips that differ in their suffix only need different reports', () => {
  expect(() => outputsOf(['a.bvh', 'a.npy'], 'o', ['r/'])).toThrow(
    /r\/a\.json: the results of .*a\.bvh and .*a\.npy/,
  );
});

test('no result takes the place of any input', () => {
  for (const name of ['a.bvh', 'b.bvh']) writeFileSync(join(folder.path, name), '');
  mkdirSync(join(folder.path, 'x'));
  writeFileSync(join(folder.path, 'x', 'b.bvh'), '');
  expect(() => outputsOf(['a.bvh', 'x/b.bvh'], '.')).toThrow(/a\.bvh: this is an input/);
});
