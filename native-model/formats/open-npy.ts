import { FormatError } from '../../motion/errors.ts';
import { upAxisNamed } from '../../motion/formats/axes.ts';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { guessUnits, toMetresYUp } from '../../motion/formats/position-guess.ts';
import { metresPerUnit } from '../../motion/formats/unit-guess.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { toBody17 } from '../../motion/skeleton/layout-to-body17.ts';
import { ASSUMED_FPS, pickLayout, readPositions } from './npy-content.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';

export function openNpy(bytes: Uint8Array, path: string, options: OpenOptions): ClipContent {
  const npy = readPositions(readNpy(bytes, path), path, options.layout);
  const notices = npy.warnings.map(({ place, message }) => `${place}: ${message}`);
  const guess = pickLayout(npy, options.layout);
  const { layout } = guess;
  if (guess.confidence === 'low')
    notices.push(`the layout is a guess (${guess.reason}); give the layout if it is wrong`);
  const fps = options.fps ?? ASSUMED_FPS;
  if (options.fps === undefined) {
    notices.push(
      `an NPY file has no frame rate; taken as ${ASSUMED_FPS} per second; give the frame rate if it is another`,
    );
  }
  const facts = [
    {
      name: 'frames',
      value: `${npy.frameCount} at ${fps} per second (${options.fps === undefined ? 'assumed' : 'as given'})`,
    },
    {
      name: 'shape',
      value: `(${npy.array.shape.join(', ')}) of ${npy.array.dtype.kind}${npy.array.dtype.itemBytes * 8}`,
    },
    { name: 'layout', value: `${layout} (${guess.reason})` },
  ];
  const common = { frameCount: npy.frameCount, frameTime: 1 / fps, leadFrames: 0, layout };
  if (npy.dimensions === 2) {
    facts.push({ name: 'dimensions', value: '2D keypoints, pixels as found' });
    const source = {
      kind: 'positions',
      layout,
      metresPerUnit: 1,
      up: '+y',
      positions: npy.positions,
      original: npy,
    } as const;
    const derived = new Array<boolean>(BODY17_COUNT).fill(false);
    return { ...common, dimensions: 2, body17: new Float64Array(0), derived, facts, notices, source };
  }

  const units = guessUnits(npy.positions, layout);
  const scale = options.unit === undefined ? units.unit.metresPerUnit : metresPerUnit(options.unit);
  const up = options.up === undefined ? units.up.axis : upAxisNamed(options.up);
  facts.push(
    {
      name: 'unit',
      value:
        options.unit === undefined
          ? `${units.unit.unit} (${units.unit.reason})`
          : `${options.unit} (as given)`,
    },
    { name: 'up axis', value: options.up === undefined ? `${up} (${units.up.reason})` : `${up} (as given)` },
  );
  if (options.unit === undefined && units.unit.confidence === 'low') {
    notices.push(`the unit is a guess (${units.unit.reason}); give the unit if it is wrong`);
  }
  if (options.up === undefined && units.up.confidence === 'low') {
    notices.push(`the up axis is a guess (${units.up.reason}); give the up axis if it is wrong`);
  }
  const positions = toMetresYUp(npy.positions, scale, up);
  const body = toBody17(positions, npy.frameCount, layout);
  const missing = countMissing(npy.positions);
  if (missing * 3 === npy.positions.length) {
    const advice = 'export the clip again; NaN marks single joints that were not seen';
    throw new FormatError(path, 'data', 'every position is missing (NaN)', advice);
  }
  if (missing > 0) notices.push(`${missing} joint positions are missing (NaN); they stay missing`);
  return {
    ...common,
    dimensions: 3,
    body17: body.positions,
    derived: body.derived,
    facts,
    notices,
    source: { kind: 'positions', layout, metresPerUnit: scale, up, positions, original: npy },
  };
}

function countMissing(positions: Float64Array): number {
  let missing = 0;
  for (let at = 0; at < positions.length; at += 3) if (Number.isNaN(positions[at])) missing++;
  return missing;
}
