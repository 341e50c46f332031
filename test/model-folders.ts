import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelCard } from '../native-model/inference/model-card.ts';

type CardPart = { readonly architecture: ModelCard['architecture'] } & Readonly<Record<string, unknown>>;

/** A model card that can be read. */
export function readableCard(name: string, card: CardPart): string {
  return JSON.stringify({ ...CARD, name, title: name, ...card });
}

/** Writes a network's folder into `root`, with a card that can be read and no model. */
export function writeModelFolder(root: string, name: string, card: CardPart): void {
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, name, 'card.json'), readableCard(name, card));
}

const CARD = {
  version: '1.0.0',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  parameters: 1,
  windowLength: 8,
  stride: 1,
  targetFps: 30,
  lowPass: 0.8,
  prefilterSigma: 0,
  settleSigma: 0,
  units: 'm',
  layout: 'body17',
  joints: 17,
  inputs: {},
  outputs: {},
  quality: { floorMm: 20 },
  expectedError: {
    before: { disagreementWeight: 0, knots: [] },
    after: { disagreementWeight: 0, knots: [] },
  },
  training: {},
  metrics: {},
  dataLicences: [],
};
