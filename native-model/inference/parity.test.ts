import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelsFolder, readModelCard, type SynspCard } from './model-card.ts';
import { OnnxSession } from './onnx-session.ts';
import { type RefinedWindows, runSynsp, type WindowBatch } from './synsp-session.ts';

/** Inputs and PyTorch's outputs, flat; written by native-model/training/export_onnx.py together with the model. */
type Fixture = { readonly count: number } & Readonly<
  Record<'window' | 'found' | 'distance' | 'step' | 'final' | 'position' | 'acceleration', readonly number[]>
>;

const OUTPUTS = ['final', 'position', 'acceleration'] as const;

/** Metres. Rounding in 30 layers of float32 was measured to differ by 1.3e-6; a wrong weight shows in centimetres. */
const TOLERANCE = 1e-4;

/** A fixture belongs to one model; `POSEMEND_PARITY_FIXTURE` names the one of a model in `POSEMEND_MODELS`. */
const fixtureFile =
  process.env.POSEMEND_PARITY_FIXTURE ??
  fileURLToPath(new URL('../../fixtures/synsp-parity.json', import.meta.url));
const modelFile = join(modelsFolder(), 'synsp++', 'model.onnx');
const missing = [modelFile, fixtureFile].filter((file) => !existsSync(file));
if (missing.length > 0)
  console.warn(`synsp++ against PyTorch is not checked: ${missing.join(' and ')} not there`);

describe.skipIf(missing.length > 0)('the shipped SynSP++ in ONNX Runtime', () => {
  let session: OnnxSession;
  let card: SynspCard;
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = JSON.parse(readFileSync(fixtureFile, 'utf8'));
    const model = readModelCard('synsp++');
    if (model.card.architecture !== 'synsp++') throw new Error(`${model.folder} holds another network`);
    card = model.card;
    session = await OnnxSession.open(model, 'cpu', () => {});
  });

  afterAll(async () => {
    await session.dispose();
  });

  test('the fixture holds batches of the size the card names', () => {
    const { windowLength, joints } = card;
    const size = fixture.count * windowLength * joints * 3;
    for (const name of ['window', 'found', ...OUTPUTS] as const) expect(fixture[name]).toHaveLength(size);
  });

  test('computes what PyTorch computes, to a tenth of a millimetre', async () => {
    const refined = await runSynsp(session, card, batchOf(fixture, 0, fixture.count));
    for (const name of OUTPUTS) expect(worstDifference(refined[name], fixture[name])).toBeLessThan(TOLERANCE);
  });

  test('computes every window alone as it does in a batch', async () => {
    expect(fixture.count).toBeGreaterThan(1);
    const size = fixture.window.length / fixture.count;
    for (let index = 0; index < fixture.count; index++) {
      const refined: RefinedWindows = await runSynsp(session, card, batchOf(fixture, index, 1));
      for (const name of OUTPUTS) {
        const expected = fixture[name].slice(index * size, (index + 1) * size);
        expect(worstDifference(refined[name], expected)).toBeLessThan(TOLERANCE);
      }
    }
  });

  test('moves the windows of the fixture, so that agreeing means something', () => {
    for (const name of OUTPUTS)
      expect(worstDifference(fixture[name], fixture.window)).toBeGreaterThan(TOLERANCE);
  });
});

function batchOf(fixture: Fixture, first: number, count: number): WindowBatch {
  const part = (name: 'window' | 'found' | 'distance' | 'step'): Float32Array => {
    const size = fixture[name].length / fixture.count;
    return Float32Array.from(fixture[name].slice(first * size, (first + count) * size));
  };
  return {
    count,
    window: part('window'),
    found: part('found'),
    distance: part('distance'),
    step: part('step'),
  };
}

function worstDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  for (let n = 0; n < expected.length; n++) worst = Math.max(worst, Math.abs(found[n] - expected[n]));
  return worst;
}
