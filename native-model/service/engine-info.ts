import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineInfo, LibrarySummary } from '../../contract/engine-info.ts';
import { DEVICES, defaultModelName, listModels } from '../index.ts';
import { assetsFolder } from '../inference/assets-folder.ts';
import type { RefineResources } from '../refine/resources.ts';

/** What a window needs to know before the first clip. */
export async function engineInfo(resources: RefineResources): Promise<EngineInfo> {
  const models = await listModels();
  let library: LibrarySummary | null = null;
  let libraryProblem: string | null = null;
  try {
    library = await librarySummary(resources);
  } catch (error) {
    libraryProblem = error instanceof Error ? error.message : String(error);
  }
  return {
    version: productVersion(),
    models: models.map(({ name, kind, title, version, card, problem }) => ({
      name,
      kind,
      title,
      version,
      ...(typeof card?.metrics.headline === 'string' ? { figures: card.metrics.headline } : {}),
      ...(card?.architecture === 'hpr-net' ? { needs: 'rotations' as const } : {}),
      ...(card?.architecture === 'smoothnet' ? { reads2d: true } : {}),
      ...(problem === undefined ? {} : { problem }),
    })),
    defaultModel: defaultModelName(),
    library,
    libraryProblem,
    devices: DEVICES,
  };
}

async function librarySummary(resources: RefineResources): Promise<LibrarySummary | null> {
  const store = await resources.library('default', () => {});
  if (store === null) return null;
  const info = await store.info();
  const clips = await store.clips();
  const tags = new Set(clips.flatMap((clip) => [...clip.tags]));
  return {
    entries: info.entries,
    clips: info.clips,
    tags: [...tags].sort(),
    licences: info.licences,
    version: info.version,
  };
}

function productVersion(): string {
  const manifest = JSON.parse(readFileSync(join(assetsFolder(), '..', 'package.json'), 'utf8'));
  return manifest.version;
}
