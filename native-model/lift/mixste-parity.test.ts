import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { modelsFolder } from '../inference/model-card.ts';
import { OnnxSession } from '../inference/onnx-session.ts';
import { type LifterFolder, readLifterCard } from './lifter-card.ts';

/** Inputs and PyTorch's outputs, flat; written by native-model/training/export_mixste.py with the model. */
interface Fixture {
  readonly count: number;
  readonly keypoints: readonly number[];
  readonly pose: readonly number[];
  readonly up: readonly number[];
}

/** Metres, and shares of a unit vector: the fixture has five decimals; a wrong weight shows in centimetres. */
const TOLERANCE = 1e-4;

const fixtureFile = fileURLToPath(new URL('../../fixtures/mixste-parity.json', import.meta.url));
const modelFile = join(modelsFolder(), 'mixste', 'model.onnx');
const missing = [modelFile, fixtureFile].filter((file) => !existsSync(file));
if (missing.length > 0)
  console.warn(`mixste against PyTorch is not checked: ${missing.join(' and ')} not there`);

describe.skipIf(missing.length > 0)('the shipped lifter in ONNX Runtime', () => {
  let session: OnnxSession<LifterFolder>;
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = JSON.parse(readFileSync(fixtureFile, 'utf8'));
    session = await OnnxSession.open(readLifterCard(), 'cpu', () => {});
  });

  afterAll(async () => {
    await session.dispose();
  });

  async function answer(first: number, count: number): Promise<Readonly<Record<string, Float32Array>>> {
    const shape = [count, session.model.card.windowLength, BODY17_COUNT, 3];
    const size = shape[1] * BODY17_COUNT * 3;
    const data = Float32Array.from(fixture.keypoints.slice(first * size, (first + count) * size));
    return session.run({ keypoints: { data, shape } });
  }

  test('answers as PyTorch did, with joints and frames not seen and a short clip', async () => {
    const outputs = await answer(0, fixture.count);
    for (const name of ['pose', 'up'] as const) {
      expect(outputs[name]).toHaveLength(fixture[name].length);
      let worst = 0;
      for (const [at, value] of fixture[name].entries())
        worst = Math.max(worst, Math.abs(outputs[name][at] - value));
      expect(worst, name).toBeLessThan(TOLERANCE);
    }
  });

  test('a window does not depend on the others of its batch', async () => {
    for (let window = 0; window < fixture.count; window++) {
      const { pose } = await answer(window, 1);
      for (const [at, value] of pose.entries()) {
        expect(Math.abs(value - fixture.pose[window * pose.length + at])).toBeLessThan(TOLERANCE);
      }
    }
  });
});
