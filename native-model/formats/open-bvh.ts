import { PoseMendError } from '../../contract/errors.ts';
import { FormatError } from '../../motion/errors.ts';
import { bvhToClip } from '../../motion/formats/bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from '../../motion/formats/bvh-guess.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { metresPerUnit } from '../../motion/formats/unit-guess.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { skeletonContent } from './skeleton-content.ts';

export function openBvh(bytes: Uint8Array, path: string, name: string, options: OpenOptions): ClipContent {
  const document = readBvh(bytes, path, {
    ...(options.fps === undefined ? {} : { frameTime: 1 / options.fps }),
    ...(options.root === undefined ? {} : { root: options.root }),
  });
  if (document.frameCount === 0) {
    const advice = 'export the clip again with its animation';
    throw new FormatError(path, 'MOTION', 'the file has a skeleton but no frames', advice);
  }
  const { up: givenUp } = options;
  if (givenUp !== undefined && givenUp !== 'y' && givenUp !== 'z') {
    throw new PoseMendError('usage', `${path}: a BVH is Y up or Z up, not ${givenUp}; choose y or z`);
  }
  const unit = guessBvhUnit(document);
  const up = guessBvhUpAxis(document);
  const units = {
    metresPerUnit: options.unit === undefined ? unit.metresPerUnit : metresPerUnit(options.unit),
    upAxis: givenUp ?? up.upAxis,
  };
  const { clip } = bvhToClip(document, { ...units, name });
  const original = { format: 'bvh', document, units } as const;
  const { match, content } = skeletonContent(clip, path, options, original);

  const facts = [
    {
      name: 'frames',
      value: `${clip.frameCount} at ${round(1 / clip.frameTime)} per second, ${round(clip.frameCount * clip.frameTime)} s`,
    },
    {
      name: 'unit',
      value: options.unit === undefined ? `${unit.unit} (${unit.reason})` : `${options.unit} (as given)`,
    },
    {
      name: 'up axis',
      value: options.up === undefined ? `${up.upAxis} (${up.reason})` : `${options.up} (as given)`,
    },
    {
      name: 'skeleton',
      value: `${document.joints.length} joints, matched by ${match.how}`,
    },
  ];
  const notices = [...document.warnings.map(({ place, message }) => `${place}: ${message}`), ...match.notes];
  if (options.unit === undefined && unit.confidence === 'low') {
    notices.push(`the unit is a guess (${unit.reason}); give the unit if it is wrong`);
  }
  if (options.up === undefined && up.confidence === 'low') {
    notices.push(`the up axis is a guess (${up.reason}); give the up axis if it is wrong`);
  }
  return { ...content, facts, notices: [...notices, ...content.notices] };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
