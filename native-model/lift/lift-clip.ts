import { PoseMendError } from '../../contract/errors.ts';
import { FormatError } from '../../motion/errors.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { ClipContent } from '../formats/open-clip.ts';
import { liftKeypoints } from './lift-keypoints.ts';

/** 2D keypoints as a 3D clip of body-17 positions, metres, Y up. */
export async function liftClip(
  content: ClipContent,
  path: string,
  imageSize: readonly [number, number] | null,
): Promise<ClipContent> {
  const { source, frameTime, frameCount, layout } = content;
  if (source.kind !== 'positions' || layout === null) {
    throw new PoseMendError('usage', `${path}: it is no clip of 2D keypoints; open it without lifting`);
  }
  const { confidence, positions } = source.original;
  const lifted = await liftKeypoints({ layout, frameCount, frameTime, positions, confidence, imageSize });
  const { body17 } = lifted;
  if (body17.every(Number.isNaN)) {
    const advice = 'check that the keypoints are of this person, or open the clip as 2D';
    throw new FormatError(path, 'keypoints', 'nobody is seen in any frame, so nothing can be lifted', advice);
  }
  const original = {
    array: {
      shape: [frameCount, BODY17_COUNT, 3],
      dtype: parseNpyDtype('<f4')!,
      fortranOrder: false,
      data: body17,
      warnings: [],
    },
    frameCount,
    jointCount: BODY17_COUNT,
    dimensions: 3,
    layouts: ['h36m17'],
    positions: body17,
    confidence: null,
    warnings: [],
  } as const;
  return {
    ...content,
    dimensions: 3,
    layout: 'h36m17',
    body17,
    derived: lifted.derived,
    facts: [
      ...content.facts.filter(({ name }) => name !== 'dimensions'),
      { name: 'dimensions', value: '2D keypoints lifted to 3D' },
      ...lifted.facts,
    ],
    notices: [...content.notices, ...lifted.notices],
    source: { kind: 'positions', layout: 'h36m17', metresPerUnit: 1, up: '+y', positions: body17, original },
  };
}
