import { PoseMendError } from '../contract/errors.ts';
import type { ExportFormat } from '../contract/file-kinds.ts';
import { FILTER_NAMES } from '../motion/filters/filter.ts';
import { exportClip } from './formats/export-clip.ts';
import type { OpenedClip } from './formats/open-clip.ts';
import { type ModelCard, modelNames, readModelCard } from './inference/model-card.ts';
import { compareNetworks } from './inference/model-order.ts';
import { defaultNetwork } from './refine/default-network.ts';
import { htmlReport } from './refine/html-report.ts';
import type { Take } from './refine/refine-clip.ts';

export { type ExportOptions, exportVersions, planExport } from './formats/export-clip.ts';
export { type OpenedClip, type OpenOptions, openClip, peopleIn } from './formats/open-clip.ts';
export type { ExportVersion } from './formats/skeleton-takes.ts';
export { DEVICES, type Device } from './inference/onnx-session.ts';
export type { JobHooks } from './jobs/job-hooks.ts';
export { addClip, hashSource } from './pvd/ingest.ts';
export { createLibrary, openLibrary } from './pvd/open-library.ts';
export { rebuildLibrary } from './pvd/salvage.ts';
export { defaultLibraryFolder } from './refine/open-references.ts';
export { type RefineSettings, refineClip, type Take } from './refine/refine-clip.ts';
export { RefineResources } from './refine/resources.ts';

/** A refiner that `--model` can name. */
export interface ModelInfo {
  readonly name: string;
  readonly kind: 'network' | 'filter';
  readonly version: string;
  readonly title: string;
  readonly card: ModelCard | null;
  /** Why a network cannot be used. */
  readonly problem?: string;
}

/** The networks installed, the default first, and the filters. */
export async function listModels(): Promise<ModelInfo[]> {
  const networks = modelNames().map((name): ModelInfo => {
    try {
      const { card } = readModelCard(name);
      return { name, kind: 'network', version: card.version, title: card.title, card };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { name, kind: 'network', version: '?', title: 'damaged', card: null, problem };
    }
  });
  const filters = FILTER_NAMES.map(
    (name): ModelInfo => ({ name, kind: 'filter', version: '1', title: FILTER_TITLES[name], card: null }),
  );
  return [...networks.sort(compareNetworks), ...filters];
}

/** The model `refine` uses unless told otherwise. */
export function defaultModelName(): string {
  return defaultNetwork();
}

/** The bytes of a take in a format, with nothing cut or converted that the format does not ask for. */
export function encodeTake(take: Take, format: ExportFormat): Promise<Uint8Array> {
  return exportClip(take.clip, take.result, { format });
}

/** The clip itself in another format, or written again in its own. */
export function encodeClip(clip: OpenedClip, format: ExportFormat): Promise<Uint8Array> {
  return exportClip(clip, null, { format });
}

/** A self-contained HTML page about a take. Throws PoseMendError ('usage') for a 2D clip. */
export function takeHtmlReport(take: Take): string {
  if (take.clip.dimensions === 2) {
    throw new PoseMendError(
      'usage',
      `${take.clip.path}: an HTML report draws 3D skeletons and this clip is 2D; write --report FILE.json`,
    );
  }
  return htmlReport({
    title: take.clip.name,
    report: take.report,
    before: take.clip.body17,
    after: take.refined,
    frameTime: take.clip.frameTime,
    derived: [...take.clip.derived],
  });
}

const FILTER_TITLES: Readonly<Record<(typeof FILTER_NAMES)[number], string>> = {
  'one-euro': 'One-Euro filter (causal, speed-adaptive low-pass)',
  gaussian: 'Gaussian filter',
  savgol: 'Savitzky-Golay filter',
  butterworth: 'zero-phase Butterworth filter',
  median: 'median filter',
};

export type { TakeQuality } from '../contract/takes.ts';
export { type Analysis, analyseClip } from './refine/analyse-clip.ts';
export { analysisKey } from './refine/analysis-key.ts';
export { composeTake } from './refine/compose-take.ts';
export { type ReferenceAt, type ReferencesAt, referencesAt } from './refine/references-at.ts';
