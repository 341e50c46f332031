import type { OpenedClip } from '../formats/open-clip.ts';
import type { Exclusion } from '../pvd/pose-store.ts';
import type { AnalysisSettings } from './refine-settings.ts';

/** Which entries may answer: those that carry every tag and share nothing with what is being refined. */
export interface ReferenceRules extends Exclusion {
  readonly tags?: readonly string[];
}

/** The rules for a clip: never a window of the clip itself, of its source or of the person who performs it. */
export function referenceRules(
  clip: Pick<OpenedClip, 'name' | 'sourceHash'>,
  { person, tags = [] }: Pick<AnalysisSettings, 'person' | 'tags'>,
): ReferenceRules & { readonly tags: readonly string[] } {
  return {
    clip: clip.name,
    sourceHash: clip.sourceHash,
    ...(person === undefined ? {} : { person }),
    tags: [...new Set(tags)].sort(),
  };
}
