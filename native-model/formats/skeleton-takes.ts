import { PoseMendError } from '../../contract/errors.ts';
import type { Body17Map } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { fillUnseen } from '../../motion/skeleton/fill-unseen.ts';
import { skeletonFromPositions } from '../../motion/skeleton/skeleton-from-positions.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import type { OpenedClip } from './open-clip.ts';

/** What of a clip is written: the input (null) or a result, under a name. */
export interface ExportVersion {
  readonly name: string;
  readonly result: SolvedResult | null;
}

/** Versions of a clip on one skeleton. */
export interface SkeletonTakes {
  readonly takes: readonly { readonly name: string; readonly clip: SkeletonClip }[];
  readonly map: Body17Map;
}

/**
 * Versions of a clip as animations of its own skeleton; positions get one, of the median bone lengths of the first
 * refined version.
 * @throws PoseMendError ('usage') for 2D positions
 */
export function skeletonTakes(clip: OpenedClip, versions: readonly ExportVersion[]): SkeletonTakes {
  const { source } = clip;
  if (source.kind === 'skeleton') {
    const takes = versions.map(({ name, result }) => ({ name, clip: result?.skeletonClip ?? source.clip }));
    return { takes, map: source.map };
  }
  if (clip.dimensions === 2) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: 2D positions cannot become an animation, which is 3D; lift them (--lift), or write .npy`,
    );
  }
  const measured = versions.find(({ result }) => result !== null) ?? versions[0];
  const basis = fitted(clip, measured);
  const takes = versions.map((version) => ({
    name: version.name,
    clip: version === measured ? basis.clip : fitted(clip, version, basis.clip.skeleton).clip,
  }));
  return { takes, map: basis.map };
}

/** What to say of a clip without a single joint. */
export function nobodySeen({ path }: OpenedClip): PoseMendError {
  return new PoseMendError('input', `${path}: no joint is seen in any frame; there is nothing to write`);
}

function fitted(clip: OpenedClip, { name, result }: ExportVersion, on?: SkeletonClip['skeleton']) {
  const positions = fillUnseen(result?.body17 ?? clip.body17);
  if (positions === null) throw nobodySeen(clip);
  return skeletonFromPositions(positions, clip.frameTime, name, on);
}
