import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportClip } from '../../native-model/formats/export-clip.ts';
import { type NamedPoints, namedPoints } from '../../native-model/formats/named-points.ts';
import { openClip } from '../../native-model/formats/open-clip.ts';

const SAMPLE = join(import.meta.dirname, '../../assets/samples/performance-clean.bvh');
const SCRIPT = join(import.meta.dirname, 'read_tables.py');
/** A Python with the packages; CI makes one of its own. */
const PYTHON = process.env.POSEMEND_BIOMECHANICS_PYTHON ?? 'python3';

function has(module: string): boolean {
  try {
    execFileSync(PYTHON, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(
      `skipped: ${PYTHON} has no ${module} (pip install opensim ezc3d; POSEMEND_BIOMECHANICS_PYTHON)`,
    );
    return false;
  }
}

interface Table {
  readonly frames: number;
  readonly rate: number;
  readonly units?: string;
  readonly names: readonly string[];
  readonly shown: readonly number[];
  readonly points: readonly (readonly (readonly number[])[])[];
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function ask<T>(kind: string, path: string): T {
  return JSON.parse(
    execFileSync(PYTHON, [SCRIPT, kind, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

/** The farthest any joint of a table is from where it should be, metres. */
function farthest({ shown, points, names }: Table, expected: NamedPoints, metresPerUnit: number): number {
  let most = 0;
  shown.forEach((frame, row) => {
    names.forEach((_, joint) => {
      const at = (frame * names.length + joint) * 3;
      const apart = [0, 1, 2].map(
        (axis) => points[row][joint][axis] * metresPerUnit - expected.positions[at + axis],
      );
      most = Math.max(most, Math.hypot(...apart));
    });
  });
  return most;
}

test.skipIf(!has('opensim')).each(['mm', 'm'] as const)(
  'OpenSim reads an exported TRC in %s: names, rate and every joint',
  async (unit) => {
    const clip = await openClip(SAMPLE);
    const path = join(folder, `${unit}.trc`);
    writeFileSync(path, await exportClip(clip, null, { format: 'trc', unit }));
    const table = ask<Table>('trc', path);
    const expected = namedPoints(clip, null, false);
    expect(table).toMatchObject({ frames: clip.frameCount, rate: 30, units: unit, names: expected.names });
    expect(farthest(table, expected, unit === 'm' ? 1 : 0.001)).toBeLessThan(1e-5);
  },
);

test.skipIf(!has('numpy'))('NumPy reads an exported CSV: names, rate and every joint', async () => {
  const clip = await openClip(SAMPLE);
  const path = join(folder, 'clip.csv');
  writeFileSync(path, await exportClip(clip, null, { format: 'csv' }));
  const table = ask<Table>('csv', path);
  const expected = namedPoints(clip, null, false);
  expect(table).toMatchObject({ frames: clip.frameCount, names: expected.names });
  expect(table.rate).toBeCloseTo(30, 3);
  expect(farthest(table, expected, 1)).toBeLessThan(1e-5);
});

test.skipIf(!has('ezc3d'))(
  'a C3D that ezc3d wrote opens with its names, rate, unit, axes and gaps',
  async () => {
    const path = join(folder, 'clip.c3d');
    const written = ask<{ frames: number; last: number[][]; names: string[] }>('c3d', path);
    const clip = await openClip(path);
    expect(clip).toMatchObject({ frameCount: written.frames, frameTime: 1 / 60, dimensions: 3 });
    const at = (clip.frameCount - 1) * 17 * 3;
    // Millimetres and Z up become metres and Y up: (x, y, z) -> (x, z, -y).
    const [x, y, z] = written.last[written.names.indexOf('RWrist')];
    const wrist = clip.body17.subarray(at + 16 * 3, at + 17 * 3);
    [x / 1000, z / 1000, -y / 1000].forEach((value, axis) => {
      expect(wrist[axis]).toBeCloseTo(value, 5);
    });
    expect(Number.isNaN(clip.body17[(41 * 17 + 3) * 3])).toBe(true);
  },
);
