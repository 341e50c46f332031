import { FormatError } from '../../motion/errors.ts';
import { upAxisNamed } from '../../motion/formats/axes.ts';
import type { NpyPositions } from '../../motion/formats/npy-positions.ts';
import { toMetresYUp } from '../../motion/formats/position-guess.ts';
import { checkSides } from '../../motion/formats/side-check.ts';
import { metresPerUnit } from '../../motion/formats/unit-guess.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { toBody17 } from '../../motion/skeleton/layout-to-body17.ts';
import type { ClipContent } from './open-clip.ts';
import { guessNotices, type PointClaims, type PointOptions, pointFacts } from './point-facts.ts';

/** Joint positions as a clip: what was said or guessed of them becomes facts and notices. */
export function openPositions(
  points: NpyPositions,
  path: string,
  claims: PointClaims,
  options: PointOptions,
): ClipContent {
  const { frameCount, dimensions } = points;
  const found = pointFacts(points, claims, options);
  const { layout, fps, unit, up } = found;
  const notices = [
    ...points.warnings.map(({ place, message }) => `${place}: ${message}`),
    ...guessNotices(found),
  ];
  const facts = [
    {
      name: 'frames',
      value: `${frameCount} at ${Number(fps.value.toFixed(3))} per second (${fpsNote(fps, claims)})`,
    },
    { name: 'layout', value: `${layout.value} (${layout.reason})` },
  ];
  const common = { frameCount, frameTime: 1 / fps.value, leadFrames: 0, layout: layout.value, gaps: [] };
  if (dimensions === 2) {
    facts.push({ name: 'dimensions', value: '2D keypoints, pixels as found' });
    const source = {
      kind: 'positions',
      layout: layout.value,
      metresPerUnit: 1,
      up: '+y',
      positions: points.positions,
      original: points,
    } as const;
    const derived = new Array<boolean>(BODY17_COUNT).fill(false);
    return { ...common, dimensions: 2, body17: new Float64Array(0), derived, facts, notices, source };
  }

  facts.push(
    { name: 'unit', value: `${unit.value} (${unit.reason})` },
    {
      name: 'up axis',
      value: `${up.reason === 'as given' ? up.value : upAxisNamed(up.value)} (${up.reason})`,
    },
  );
  const scale = metresPerUnit(unit.value);
  const axis = upAxisNamed(up.value);
  const positions = toMetresYUp(points.positions, scale, axis);
  const body = toBody17(positions, frameCount, layout.value);
  const missing = countMissing(points.positions);
  if (missing * 3 === points.positions.length) {
    const advice = 'export the clip again; NaN marks single joints that were not seen';
    throw new FormatError(path, 'data', 'every position is missing (NaN)', advice);
  }
  if (missing > 0) notices.push(`${missing} joint positions are missing (NaN); they stay missing`);
  notices.push(...sideNotices(body.positions));
  return {
    ...common,
    dimensions: 3,
    body17: body.positions,
    derived: body.derived,
    facts,
    notices,
    source: {
      kind: 'positions',
      layout: layout.value,
      metresPerUnit: scale,
      up: axis,
      positions,
      original: points,
    },
  };
}

function fpsNote({ reason }: { readonly reason: string }, { producer }: PointClaims): string {
  if (reason === 'as given' || reason === 'as the file says') return reason;
  return producer === '' ? 'assumed' : 'assumed: the file says none';
}

/** A sentence for a body that is upside down, mirrored, or has its legs or arms swapped. */
export function sideNotices(body17: Float64Array): string[] {
  const { verdict, reason, confidence } = checkSides(body17);
  if (verdict === 'fine' || verdict === 'unclear' || confidence === 'low') return [];
  return [`the body looks ${VERDICTS[verdict]} (${reason})`];
}

const VERDICTS = {
  'swapped legs':
    'as if its legs were swapped: h36m17 and h36m17-left differ in nothing else; choose the other layout',
  'swapped arms': 'as if its arms were swapped: check the joint layout',
  mirrored: 'mirrored: left is right; check the up axis and the joint layout',
  'upside down': 'upside down: choose another up axis',
} as const;

function countMissing(positions: Float64Array): number {
  let missing = 0;
  for (let at = 0; at < positions.length; at += 3) if (Number.isNaN(positions[at])) missing++;
  return missing;
}
