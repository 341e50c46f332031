import { PoseMendError } from '../../contract/errors.ts';
import type { ReferenceItem } from '../../contract/takes.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { fromHeading } from '../../motion/windows/heading.ts';
import { alignWindow, RETRIEVAL_DIM, retrievalVector } from '../../motion/windows/retrieval-vector.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { defaultNetwork } from './default-network.ts';
import { referenceRules } from './reference-rules.ts';
import { isFilterName, type RefineSettings } from './refine-settings.ts';
import type { RefineResources } from './resources.ts';
import { referenceLayout, windowAt } from './window-at.ts';

/** A clean window near the one looked at, laid onto it. */
export interface ReferenceAt extends ReferenceItem {
  /** Metres, Y up, in the clip's own place and heading, [T][17][xyz]. */
  readonly poses: Float32Array;
}

export interface ReferencesAt {
  /** Frames of the clip the window holds, spacing apart. */
  readonly frames: readonly number[];
  /** Nearest first. */
  readonly items: readonly ReferenceAt[];
}

/**
 * The k nearest clean windows to the window around a frame: what a refine would consult there, and the next best.
 * Never windows of the clip itself, its source or its person. No items for 2D clips and without a library. A filter
 * has no windows of its own; those of the default network are taken.
 * @throws PoseMendError: 'usage' for a frame outside the clip, 'failed' where the library or the model's card is
 *   missing or damaged
 */
export async function referencesAt(
  clip: OpenedClip,
  frame: number,
  k: number,
  settings: Pick<RefineSettings, 'model' | 'library' | 'tags' | 'person'>,
  resources: RefineResources,
): Promise<ReferencesAt> {
  if (!(Number.isInteger(frame) && frame >= 0 && frame < clip.frameCount)) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: there is no frame ${frame}; its frames are 0 to ${clip.frameCount - 1}`,
    );
  }
  if (clip.dimensions === 2) return { frames: [], items: [] };
  const card = resources.card(isFilterName(settings.model) ? defaultNetwork() : settings.model);
  const layout = referenceLayout(card);
  const { frames, window, heading } = windowAt(clip, frame, layout);
  const store = await resources.library(settings.library, () => {});
  if (store === null) return { frames, items: [] };

  const T = layout.windowLength;
  const vector = new Float32Array(RETRIEVAL_DIM);
  retrievalVector(vector, 0, window, 0, T);
  const { tags, ...exclude } = referenceRules(clip, settings);
  const hits = await store.search(vector, k, exclude, tags);
  const items: ReferenceAt[] = [];
  for (const hit of hits) {
    const aligned = new Float64Array(window.length);
    alignWindow(aligned, 0, await store.window(hit.id), 0, window, 0, T, BODY17_COUNT);
    const poses = new Float32Array(window.length);
    fromHeading(poses, 0, aligned, 0, T * BODY17_COUNT, heading);
    const { clip: source, person, startFrame, endFrame, fps, licence, distance } = hit;
    items.push({
      entry: hit.id,
      clip: source,
      person,
      startFrame,
      endFrame,
      fps,
      licence,
      tags: hit.tags,
      distance,
      poses,
    });
  }
  return { frames, items };
}
