import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PoseMendError } from '../../contract/errors.ts';
import { BODY17_SCHEMA } from '../pvd/store-schema.ts';
import { assetsFolder } from './assets-folder.ts';

const calibration = z.object({
  disagreementWeight: z.number(),
  knots: z.array(z.tuple([z.number(), z.number()])),
});

/** What a model says of itself in `card.json`. The engine reads every number from here and assumes none. */
const modelCardSchema = z.object({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  architecture: z.literal('synsp++'),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number(),
  /** Frames per window. */
  windowLength: z.number().int().positive(),
  /** Frames between window starts. */
  stride: z.number().int().positive(),
  /** A window's frames lie round(fps / targetFps) frames apart. */
  targetFps: z.number().positive(),
  /** Standard deviation of the low-pass before dilation, in spacings. */
  prefilterSigma: z.number().nonnegative(),
  /** Standard deviation of the low-pass after SWAA where the clip is noisy, in spacings. */
  settleSigma: z.number().nonnegative(),
  layout: z.literal('body17'),
  joints: z.literal(17),
  units: z.literal('m'),
  retrievalVersion: z.string(),
  inputs: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()),
  quality: z.object({ floorMm: z.number().positive() }),
  expectedError: z.object({ before: calibration, after: calibration }),
  training: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.unknown()),
  dataLicences: z.array(z.string()),
});

export type ModelCard = z.infer<typeof modelCardSchema>;

/** A model's folder and its card. */
export interface ModelFolder {
  readonly name: string;
  readonly folder: string;
  readonly card: ModelCard;
}

/** Where models are looked for: `POSEMEND_MODELS`, or the ones shipped. */
export function modelsFolder(): string {
  return process.env.POSEMEND_MODELS ?? join(assetsFolder(), 'models');
}

/** Names of the model folders there are. */
export function modelNames(): string[] {
  const folder = modelsFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'card.json')))
    .map((entry) => entry.name)
    .sort();
}

/** Reads a model's card. Throws PoseMendError where it is missing or damaged. */
export function readModelCard(name: string): ModelFolder {
  const folder = join(modelsFolder(), name);
  const file = join(folder, 'card.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const there = modelNames().join(', ') || 'none';
    throw new PoseMendError(
      'failed',
      `${file}: the model '${name}' is not there; models found: ${there}. Install PoseMend again, or use a filter such as gaussian`,
      { cause },
    );
  }
  try {
    const card = modelCardSchema.parse(JSON.parse(text));
    checkReferences(file, card);
    return { name, folder, card };
  } catch (cause) {
    if (cause instanceof PoseMendError) throw cause;
    const problem = cause instanceof z.ZodError ? describeIssue(cause) : 'it is not JSON';
    throw new PoseMendError(
      'failed',
      `${file}: the model's card is damaged (${problem}); install PoseMend again, or use a filter such as gaussian`,
      { cause },
    );
  }
}

/** A network that was shown other references than this program finds would be misled by them without any sign. */
function checkReferences(file: string, { retrievalVersion, windowLength }: ModelCard): void {
  const { vectorVersion, windowLength: storedLength } = BODY17_SCHEMA;
  if (retrievalVersion === vectorVersion && windowLength === storedLength) return;
  throw new PoseMendError(
    'failed',
    `${file}: the model was trained with references '${retrievalVersion}' of ${windowLength} frames, this program has '${vectorVersion}' of ${storedLength}; install the model and the program of one version`,
  );
}

/** Throws PoseMendError unless the model file is the one its card describes. */
export async function checkModelFile({ folder, card }: ModelFolder): Promise<string> {
  const file = join(folder, card.file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  } catch (cause) {
    throw new PoseMendError(
      'failed',
      `${file}: the model file cannot be read (${(cause as Error).message}); install PoseMend again, or use a filter such as gaussian`,
      { cause },
    );
  }
  if (hash.digest('hex') !== card.sha256) {
    throw new PoseMendError(
      'failed',
      `${file}: the model file is damaged (its SHA-256 is not the one in card.json); install PoseMend again, or use a filter such as gaussian`,
    );
  }
  return file;
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue.path.join('.') || 'card'}: ${issue.message}`;
}
