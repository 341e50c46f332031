import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { modelsFolder, readModelCard } from './model-card.ts';
import { type Feed, OnnxSession } from './onnx-session.ts';

/** PyTorch's outputs, every n-th number; written by native-model/training/export_posemend.py with the model. */
type Fixture = { readonly count: number; readonly every: number } & Readonly<
  Record<(typeof OUTPUTS)[number], readonly number[]>
>;

const OUTPUTS = ['final', 'disagreement', 'before', 'after', 'surprise'] as const;

/** Metres. Rounding in float32 was measured to differ by less than 1e-5; a wrong weight shows in centimetres. */
const TOLERANCE = 1e-4;

const fixtureFile =
  process.env.POSEMEND_PARITY_FIXTURE ??
  fileURLToPath(new URL('../../fixtures/posemend-parity.json', import.meta.url));
const modelFile = join(modelsFolder(), 'posemend', 'model.onnx');
const missing = [modelFile, fixtureFile].filter((file) => !existsSync(file));
if (missing.length > 0)
  console.warn(`posemend against PyTorch is not checked: ${missing.join(' and ')} not there`);

describe.skipIf(missing.length > 0)('the shipped posemend network in ONNX Runtime', () => {
  let session: OnnxSession;
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = JSON.parse(readFileSync(fixtureFile, 'utf8'));
    session = await OnnxSession.open(readModelCard('posemend'), 'cpu', () => {});
  });

  afterAll(async () => {
    await session.dispose();
  });

  test('answers as PyTorch did, with missing joints, padding, and with and without references', async () => {
    const { windowLength: T } = session.model.card;
    const outputs = await session.run(exampleInputs(fixture.count, T));
    for (const name of OUTPUTS) {
      const expected = fixture[name];
      expect(outputs[name].length, name).toBeGreaterThan((expected.length - 1) * fixture.every);
      let worst = 0;
      for (const [at, value] of expected.entries()) {
        worst = Math.max(worst, Math.abs(outputs[name][at * fixture.every] - value));
      }
      expect(worst, name).toBeLessThan(TOLERANCE);
    }
  });

  test('a chunk does not depend on the others of its batch', async () => {
    const { windowLength: T } = session.model.card;
    const feeds = exampleInputs(fixture.count, T);
    const together = await session.run(feeds);
    const alone = await session.run(
      Object.fromEntries(
        Object.entries(feeds).map(([name, { data, shape }]) => [
          name,
          { data, shape: [1, ...shape.slice(1)] },
        ]),
      ),
    );
    for (const [at, value] of alone.final.entries()) {
      expect(Math.abs(value - together.final[at])).toBeLessThan(TOLERANCE);
    }
  });
});

/** The same waves as `example_inputs` of export_posemend.py. */
function exampleInputs(count: number, T: number): Record<string, Feed> {
  const joints = BODY17_COUNT;
  const valid = new Float32Array(count * T * joints).fill(1);
  for (let chunk = 0; chunk < count; chunk++) {
    for (let slot = 0; slot < T; slot += 7) valid[(chunk * T + slot) * joints + 5] = 0;
  }
  valid.fill(0, ((count - 1) * T + Math.floor(T / 2)) * joints);
  const steps = [
    [1, 1],
    [1, 0.25],
    [1.25, 1.25],
  ];
  return {
    window: wave([count, T, joints, 3], 0.4, 0.1, 0.0731),
    valid: { data: valid, shape: [count, T, joints] },
    bones: wave([count, joints - 1], 0.1, 0.25, 0.37),
    step: {
      data: Float32Array.from({ length: count * 2 }, (_, at) => steps[Math.floor(at / 2) % 3][at % 2]),
      shape: [count, 2],
    },
    reference: wave([count, T, joints, 3], 0.42, 0.09, 0.0733),
    spread: wave([count, T, joints], 0.05, 0.08, 0.051),
    distance: wave([count, T], 0.3, 0.5, 0.29),
    known: { data: Float32Array.from({ length: count }, (_, at) => 1 - (at % 2)), shape: [count] },
  };
}

function wave(shape: readonly number[], scale: number, offset: number, pace: number): Feed {
  const length = shape.reduce((product, size) => product * size, 1);
  return { data: Float32Array.from({ length }, (_, n) => offset + scale * Math.sin(pace * n)), shape };
}
