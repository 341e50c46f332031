import { FormatError } from '../../errors.ts';
import type { Detection } from './detection.ts';

/** A person who was gone for longer than this may be anyone. */
const LONGEST_GAP_FRAMES = 15;
/** From one frame to the next joints move on average less than this part of the body's extent. */
const FARTHEST_STEP = 0.5;
/** More than a crowd: the file is not what it claims. */
const MOST_PEOPLE = 200;

interface Walker {
  readonly seen: Detection[];
  last: Detection;
}

/**
 * Groups detections without names into people: in each frame the nearest pairs of a person and a detection are
 * matched first, by the mean distance of the joints both have, relative to the body's extent in the person's last
 * frame. Whoever stays unmatched is new; a person not seen for 15 frames is not looked for again.
 *
 * @returns per person its detections in time order; people in the order they appear
 * @throws FormatError where a frame has more than 200 people
 */
export function followPeople(
  detections: readonly Detection[],
  dimensions: 2 | 3,
  source: string,
): Detection[][] {
  const frames = new Map<number, Detection[]>();
  for (const detection of detections) {
    const present = frames.get(detection.frame);
    if (present === undefined) frames.set(detection.frame, [detection]);
    else present.push(detection);
  }
  const people: Walker[] = [];
  let near: Walker[] = [];
  for (const [frame, present] of [...frames].toSorted(([a], [b]) => a - b)) {
    if (present.length > MOST_PEOPLE) {
      const problem = `${present.length} people in one frame`;
      throw new FormatError(source, `frame ${frame}`, problem, `at most ${MOST_PEOPLE} are followed`);
    }
    near = near.filter(({ last }) => frame - last.frame <= LONGEST_GAP_FRAMES).slice(-MOST_PEOPLE);
    const pairs = near
      .flatMap((walker) => {
        const extent = extentOf(walker.last.positions, dimensions);
        return present.map((detection) => ({
          walker,
          detection,
          step: stepOf(walker.last, detection, dimensions) / extent,
        }));
      })
      .filter(({ step }) => step < FARTHEST_STEP)
      .toSorted((a, b) => a.step - b.step);
    const taken = new Set<Walker | Detection>();
    for (const { walker, detection } of pairs) {
      if (taken.has(walker) || taken.has(detection)) continue;
      taken.add(walker).add(detection);
      walker.seen.push(detection);
      walker.last = detection;
    }
    for (const detection of present) {
      if (taken.has(detection)) continue;
      const walker = { seen: [detection], last: detection };
      people.push(walker);
      near.push(walker);
    }
  }
  return people.map(({ seen }) => seen);
}

/** Mean distance of common joints; NaN where there are none. */
function stepOf(before: Detection, after: Detection, dimensions: 2 | 3): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < before.positions.length; at += dimensions) {
    let square = 0;
    for (let axis = 0; axis < dimensions; axis++)
      square += (after.positions[at + axis] - before.positions[at + axis]) ** 2;
    if (Number.isNaN(square)) continue;
    sum += Math.sqrt(square);
    count++;
  }
  return sum / count;
}

/** Diagonal of the box around the joints. */
function extentOf(positions: Float64Array, dimensions: 2 | 3): number {
  let square = 0;
  for (let axis = 0; axis < dimensions; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < positions.length; at += dimensions) {
      if (Number.isNaN(positions[at])) continue;
      low = Math.min(low, positions[at]);
      high = Math.max(high, positions[at]);
    }
    if (high > low) square += (high - low) ** 2;
  }
  return Math.sqrt(square);
}
