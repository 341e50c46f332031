import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelNames, modelsFolder, readModelCard } from './model-card.ts';
import { type Feed, OnnxSession } from './onnx-session.ts';
import { runSynsp } from './synsp-session.ts';

/**
 * Inputs and PyTorch's outputs, flat, of `count` examples; written by native-model/training/export_relatives.py
 * together with the model it names.
 */
type Fixture = {
  readonly model: string;
  readonly count: number;
  /** By tensor; the first size is `count`. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
} & Readonly<Record<string, readonly number[]>>;

type Tensors = Readonly<Record<string, Float32Array>>;

/** Metres, or shares of the whole. Rounding in float32 differs by far less, a wrong weight by far more. */
const TOLERANCE = 1e-4;

const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  synsp: ['final', 'position', 'acceleration'],
  smoothnet: ['smoothed'],
  'hpr-net': ['weights'],
};

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('-parity.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fixture)
  // Those of other networks have no shapes.
  .filter(({ shapes }) => shapes !== undefined);

const unchecked = modelNames().filter((name) => {
  const isRelative = readModelCard(name).card.architecture in OUTPUTS;
  return isRelative && !fixtures.some(({ model }) => model === name);
});
if (unchecked.length > 0)
  console.warn(`${unchecked.join(', ')} against PyTorch not checked: no fixture names them`);
if (fixtures.length === 0)
  console.warn('no relative of posemend is checked against PyTorch: there are no fixtures of them');

test.skipIf(fixtures.length === 0)('fixtures hold as many numbers as their shapes say', () => {
  for (const fixture of fixtures) {
    for (const [name, shape] of Object.entries(fixture.shapes)) {
      expect(shape[0], name).toBe(fixture.count);
      expect(fixture[name], name).toHaveLength(shape.reduce((product, size) => product * size, 1));
    }
  }
});

describe.each(fixtures)('$model in ONNX Runtime', (fixture) => {
  const { model, count } = fixture;
  const isThere = existsSync(join(modelsFolder(), model, 'model.onnx'));
  if (!isThere) console.warn(`${model} against PyTorch is not checked: it is not in ${modelsFolder()}`);

  describe.skipIf(!isThere)('against PyTorch', () => {
    let session: OnnxSession;
    let outputs: readonly string[];

    beforeAll(async () => {
      session = await OnnxSession.open(readModelCard(model), 'cpu', () => {});
      outputs = OUTPUTS[session.model.card.architecture];
    });

    afterAll(async () => {
      await session.dispose();
    });

    test('computes what PyTorch computes', async () => {
      const found = await answer(session, fixture, 0, count);
      for (const name of outputs) {
        expect(worstDifference(found[name], fixture[name]), name).toBeLessThan(TOLERANCE);
      }
    });

    test('computes every example alone as it does in a batch', async () => {
      expect(count).toBeGreaterThan(1);
      for (let index = 0; index < count; index++) {
        const found = await answer(session, fixture, index, 1);
        for (const name of outputs) {
          const expected = partOf(fixture, name, index, 1).data;
          expect(worstDifference(found[name], expected), name).toBeLessThan(TOLERANCE);
        }
      }
    });

    test('says more than that all shall stay as it is, so that agreeing means something', () => {
      const { channels, window, weights, shapes } = fixture;
      // A network that had learned nothing would weigh all frames alike.
      const least = channels ?? window ?? weights.map(() => 1 / shapes.weights[1]);
      for (const name of outputs) {
        expect(worstDifference(fixture[name], least), name).toBeGreaterThan(TOLERANCE);
      }
    });
  });
});

async function answer(
  session: OnnxSession,
  fixture: Fixture,
  first: number,
  count: number,
): Promise<Tensors> {
  const { card } = session.model;
  const inputs = Object.keys(card.inputs).map((name) => [name, partOf(fixture, name, first, count)] as const);
  const feeds: Readonly<Record<string, Feed>> = Object.fromEntries(inputs);
  if (card.architecture !== 'synsp') return session.run(feeds);
  const none = new Float32Array(0);
  const batch = { count, window: feeds.window.data, found: none, distance: none, step: feeds.step.data };
  return { ...(await runSynsp(session, card, batch)) };
}

/** Some examples of a tensor. */
function partOf(fixture: Fixture, name: string, first: number, count: number): Feed {
  const [, ...shape] = fixture.shapes[name];
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from(fixture[name].slice(first * size, (first + count) * size));
  return { data, shape: [count, ...shape] };
}

function worstDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  for (let n = 0; n < expected.length; n++) worst = Math.max(worst, Math.abs(found[n] - expected[n]));
  return worst;
}
