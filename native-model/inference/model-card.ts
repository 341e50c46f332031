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

const common = {
  name: z.string(),
  title: z.string(),
  version: z.string(),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number(),
  /** Frames per window: of the clip's for HPR-Net, else as far apart as `targetFps` says. */
  windowLength: z.number().int().positive(),
  /** Frames between window starts. */
  stride: z.number().int().positive(),
  layout: z.literal('body17'),
  joints: z.literal(17),
  inputs: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()),
  quality: z.object({ floorMm: z.number().positive() }),
  /** Without knots nothing is calibrated. */
  expectedError: z.object({ before: calibration, after: calibration }),
  training: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.unknown()),
  dataLicences: z.array(z.string()),
};

const synspCard = {
  ...common,
  /** A window's frames lie round(fps / targetFps) frames apart. */
  targetFps: z.number().positive(),
  /** Standard deviation of the low-pass before dilation, in spacings. */
  prefilterSigma: z.number().nonnegative(),
  /** Standard deviation of the low-pass after SWAA where the clip is noisy, in spacings. */
  settleSigma: z.number().nonnegative(),
  units: z.literal('m'),
};

const synspPlusPlus = z.object({
  ...synspCard,
  architecture: z.literal('synsp++'),
  retrievalVersion: z.string(),
});

/** SynSP with a single view: no references. */
const synsp = z.object({ ...synspCard, architecture: z.literal('synsp') });

/** On the grid (motion/windows/grid.ts). */
const gridCard = {
  ...common,
  targetFps: z.number().positive(),
  /** Cut-off before the grid, in units of its Nyquist frequency. */
  lowPass: z.number().positive(),
};

const posemend = z.object({
  ...gridCard,
  architecture: z.literal('posemend'),
  units: z.literal('m'),
  /** Standard deviation of the low-pass after SWAA where the clip is noisy, in grid steps. */
  settleSigma: z.number().nonnegative(),
  retrievalVersion: z.string(),
  references: z.object({
    /** Grid frames of a reference window. */
    windowLength: z.number().int().positive(),
    /** Grid frames from one to the next. */
    stride: z.number().int().positive(),
    /** How many are averaged. */
    count: z.number().int().positive(),
  }),
  /** Frames of a greater surprise are unlike what the network was trained on; see `surprise` of its outputs. */
  unfamiliarAbove: z.number().positive(),
});

const smoothNet = z.object({ ...gridCard, architecture: z.literal('smoothnet') });

const hprNet = z.object({ ...common, architecture: z.literal('hpr-net') });

/** What a model says of itself in `card.json`. The engine reads every number from here and assumes none. */
const modelCardSchema = z.discriminatedUnion('architecture', [
  synspPlusPlus,
  synsp,
  posemend,
  smoothNet,
  hprNet,
]);

export type SynspCard = z.infer<typeof synspPlusPlus> | z.infer<typeof synsp>;
export type PosemendCard = z.infer<typeof posemend>;
export type SmoothNetCard = z.infer<typeof smoothNet>;
export type HprNetCard = z.infer<typeof hprNet>;
export type ModelCard = z.infer<typeof modelCardSchema>;

/** Whether a network looks at clean windows of a library; the others need none. */
export function consultsReferences(
  card: ModelCard,
): card is Extract<ModelCard, { readonly architecture: 'posemend' | 'synsp++' }> {
  return card.architecture === 'posemend' || card.architecture === 'synsp++';
}

/** Networks that refine nothing: they make 3D of 2D and have cards of their own. */
const LIFTER_ARCHITECTURES: readonly string[] = ['mixste'];

/** What opening a network takes; every card has these. */
export interface ModelFiles {
  readonly name: string;
  readonly folder: string;
  readonly card: { readonly file: string; readonly sha256: string };
}

/** A model's folder and its card. */
export interface ModelFolder<Card extends ModelCard = ModelCard> {
  readonly name: string;
  readonly folder: string;
  readonly card: Card;
}

/** Where models are looked for: `POSEMEND_MODELS`, or the ones shipped. */
export function modelsFolder(): string {
  return process.env.POSEMEND_MODELS ?? join(assetsFolder(), 'models');
}

/** Names of the refiners' folders there are: those with a card, which is not that of a lifter. */
export function modelNames(): string[] {
  const folder = modelsFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'card.json')))
    .map((entry) => entry.name)
    .filter((name) => !isLifter(join(folder, name, 'card.json')))
    .sort();
}

/** Whether a card is that of a network that makes 3D of 2D (native-model/lift/lifter-card.ts); a damaged one is not. */
function isLifter(file: string): boolean {
  try {
    return LIFTER_ARCHITECTURES.includes(JSON.parse(readFileSync(file, 'utf8')).architecture);
  } catch {
    return false;
  }
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
function checkReferences(file: string, card: ModelCard): void {
  if (!consultsReferences(card)) return;
  const { vectorVersion, windowLength: storedLength } = BODY17_SCHEMA;
  const length = card.architecture === 'posemend' ? card.references.windowLength : card.windowLength;
  if (card.retrievalVersion === vectorVersion && length === storedLength) return;
  throw new PoseMendError(
    'failed',
    `${file}: the model was trained with references '${card.retrievalVersion}' of ${length} frames, this program has '${vectorVersion}' of ${storedLength}; install the model and the program of one version`,
  );
}

/** Throws PoseMendError unless the model file is the one its card describes. */
export async function checkModelFile({ folder, card }: ModelFiles): Promise<string> {
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
