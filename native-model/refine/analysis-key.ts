import { bvhOriginal, smplOriginal } from '../formats/clip-source.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { type AnalysisSettings, isFilterName } from './refine-settings.ts';

/**
 * Names everything an analysis depends on: the file and how it was read, and who refines it with what. Equal keys
 * mean equal analyses, as long as the library is not written to: whoever changes it drops what was made with it.
 */
export function analysisKey(clip: OpenedClip, settings: AnalysisSettings): string {
  const { model, device, library, tags = [], person = '' } = settings;
  // A filter consults nothing and runs where it is called.
  const refiner = isFilterName(model)
    ? [model]
    : [
        model,
        device,
        typeof library === 'string' ? library : { directory: library.directory },
        [...new Set(tags)].sort(),
        person,
      ];
  // The name too: entries cut from a clip of that name are not consulted.
  const { sourceHash, name, format, frameTime, leadFrames } = clip;
  return JSON.stringify([sourceHash, name, format, frameTime, leadFrames, readAs(clip), refiner]);
}

/** What the user's options, or the guesses in their place, made of the file. */
function readAs({ source, dimensions }: OpenedClip): unknown {
  if (source.kind === 'positions') return [source.layout, source.metresPerUnit, source.up, dimensions];
  const { map, clip, original } = source;
  const smpl = smplOriginal(source);
  const body = smpl && [smpl.track.up, [...smpl.body.pelvisOffset], [...smpl.body.skeleton.restOffsets]];
  return [bvhOriginal(source)?.units, original === null, body, clip.name, clip.skeleton.names[0], map];
}
