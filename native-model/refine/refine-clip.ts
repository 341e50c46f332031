import type { OpenedClip } from '../formats/open-clip.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { analyseClip } from './analyse-clip.ts';
import { composeTake, type Take } from './compose-take.ts';
import { checkCompose, type RefineSettings } from './refine-settings.ts';
import { RefineResources } from './resources.ts';

export type { Take } from './compose-take.ts';
export type { RefineSettings } from './refine-settings.ts';

/**
 * Refines a clip. A batch passes the `resources` its clips share; without them the model and the library are
 * opened for this clip alone.
 * @throws PoseMendError: 'usage' for settings that do not fit the clip, 'failed' where a model or a library is
 *   missing or damaged, 'cancelled'.
 */
export async function refineClip(
  clip: OpenedClip,
  settings: RefineSettings,
  hooks: JobHooks = {},
  resources?: RefineResources,
): Promise<Take> {
  if (resources !== undefined) return refineWith(clip, settings, hooks, resources);
  const own = new RefineResources();
  try {
    return await refineWith(clip, settings, hooks, own);
  } finally {
    await own.dispose();
  }
}

async function refineWith(
  clip: OpenedClip,
  settings: RefineSettings,
  hooks: JobHooks,
  resources: RefineResources,
): Promise<Take> {
  // Before the network runs for nothing.
  checkCompose(clip, settings);
  const analysis = await analyseClip(clip, settings, hooks, resources);
  return composeTake(clip, analysis, settings, hooks);
}
