import { FormatError, type FormatWarning } from '../../errors.ts';
import { type LayoutName, layoutJointCount } from '../../skeleton/layouts.ts';
import type { UpAxis } from '../axes.ts';
import type { PointTrack } from '../tracks.ts';
import type { LengthUnit } from '../unit-guess.ts';
import type { Detection } from './detection.ts';
import { followPeople } from './follow-people.ts';

/** What all tracks of a file have in common. */
export interface PeopleFacts {
  readonly dimensions: 2 | 3;
  readonly layouts: readonly LayoutName[];
  readonly fps: number | null;
  readonly unit: LengthUnit | null;
  readonly up: UpAxis | null;
  readonly imageSize: readonly [number, number] | null;
  /** Frames of the source, also those without anybody: [first, last]. */
  readonly frames: readonly [first: number, last: number];
}

/** 512 MB of positions. */
const MAX_NUMBERS = 2 ** 26;
/** Beyond this many, passers-by and false detections are all that is left. */
const MAX_TRACKS = 32;

/**
 * Tracks of the people in a file's frames, all as long as the file, whoever was seen in most frames first.
 * Persons with names are followed by them; without, by where they are (`followPeople`).
 * @throws FormatError where frame numbers claim more frames than fit, or nobody was seen
 */
export function tracksOfPeople(
  detections: readonly Detection[],
  facts: PeopleFacts,
  source: string,
  warnings: FormatWarning[],
): PointTrack[] {
  const [first, last] = facts.frames;
  const frameCount = last - first + 1;
  const jointCount = layoutJointCount(facts.layouts[0]);
  const size = frameCount * jointCount * facts.dimensions;
  if (!(size <= MAX_NUMBERS)) {
    const advice = 'read fewer files at once, or renumber them';
    throw new FormatError(source, `frame ${last}`, `frames run from ${first} to ${last}: too many`, advice);
  }
  if (detections.length === 0)
    throw new FormatError(source, 'frames', 'there is nobody in any frame', 'check the estimator');
  const people = groupPeople(detections, facts.dimensions, source, warnings);
  const ranked = [...people].toSorted(([, a], [, b]) => b.length - a.length);
  const room = Math.max(1, Math.min(MAX_TRACKS, Math.floor(MAX_NUMBERS / size)));
  if (ranked.length > room) {
    const message = `${ranked.length} people; the ${room} seen longest are read`;
    warnings.push({ place: 'people', message });
  }
  return ranked
    .slice(0, room)
    .map(([id, seen]) => trackOf(id, seen, facts, frameCount, jointCount, warnings));
}

function groupPeople(
  detections: readonly Detection[],
  dimensions: 2 | 3,
  source: string,
  warnings: FormatWarning[],
): Map<string, Detection[]> {
  if (detections.every(({ person }) => person === null)) {
    const followed = followPeople(detections, dimensions, source);
    if (followed.length > 1)
      warnings.push({
        place: 'people',
        message:
          'the file does not say who is who: people are followed from frame to frame by where they are',
      });
    return new Map(followed.map((seen, index) => [`person ${index + 1}`, seen]));
  }
  const people = new Map<string, Detection[]>();
  for (const detection of detections) {
    const id = detection.person ?? 'unnamed';
    const seen = people.get(id);
    if (seen === undefined) people.set(id, [detection]);
    else seen.push(detection);
  }
  return people;
}

function trackOf(
  id: string,
  detections: readonly Detection[],
  facts: PeopleFacts,
  frameCount: number,
  jointCount: number,
  warnings: FormatWarning[],
): PointTrack {
  const { dimensions, layouts, fps, unit, up, imageSize } = facts;
  const width = jointCount * dimensions;
  const positions = new Float64Array(frameCount * width).fill(Number.NaN);
  const hasConfidence = detections.some(({ confidence }) => confidence !== null);
  const confidence = hasConfidence ? new Float64Array(frameCount * jointCount) : null;
  const seen = new Array<boolean>(frameCount).fill(false);
  let twice = 0;
  for (const detection of detections) {
    const frame = detection.frame - facts.frames[0];
    if (seen[frame]) {
      twice++;
      continue;
    }
    seen[frame] = true;
    positions.set(detection.positions, frame * width);
    if (detection.confidence !== null) confidence!.set(detection.confidence, frame * jointCount);
  }
  if (twice > 0) {
    const message = `${id} is in ${twice} frames more than once; the first counts`;
    warnings.push({ place: 'people', message });
  }
  const isWhole = seen.every(Boolean);
  const gaps = isWhole ? null : seen;
  return {
    kind: 'points',
    id,
    frameCount,
    fps,
    seen: gaps,
    dimensions,
    layouts,
    positions,
    confidence,
    unit,
    up,
    imageSize,
  };
}
