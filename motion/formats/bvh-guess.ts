import type { SkeletonClip } from '../skeleton/clip.ts';
import { solveFk } from '../skeleton/fk.ts';
import { bvhToClip } from './bvh-clip.ts';
import type { BvhDocument } from './bvh-document.ts';
import { guessMetresPerUnit, type UnitGuess } from './unit-guess.ts';

export interface BvhUpGuess {
  readonly upAxis: 'y' | 'z';
  readonly reason: string;
  readonly confidence: 'high' | 'low';
}

/** Frames looked at for the mean pose, spread over the clip: a lie-down or a somersault must not decide. */
const SAMPLED_FRAMES = 64;
/** A standing body's head-over-feet vector leans less than 1 to 2. */
const CLEAR_RATIO = 2;

/** Largest extent of the body along an axis, file units; in T-pose height and arm span are about equal. */
export function measureBvhHeight(document: BvhDocument): {
  readonly rest: number;
  readonly firstFrame: number | null;
} {
  return {
    rest: largestExtent(framePositions(restClip(document), 0)),
    firstFrame: document.frameCount > 0 ? largestExtent(framePositions(sampledClip(document, 1), 0)) : null,
  };
}

/** The unit from the height in the rest pose, checked against the first frame. */
export function guessBvhUnit(document: BvhDocument): UnitGuess {
  const { rest, firstFrame } = measureBvhHeight(document);
  const fromRest = guessMetresPerUnit(rest);
  if (firstFrame === null) return fromRest;
  const fromFrame = guessMetresPerUnit(firstFrame);
  if (fromFrame.unit === fromRest.unit) return fromRest.confidence === 'high' ? fromRest : fromFrame;
  if (fromRest.confidence === 'high' && fromFrame.confidence === 'low') return fromRest;
  if (fromFrame.confidence === 'high' && fromRest.confidence === 'low') return fromFrame;
  return {
    ...fromFrame,
    reason: `${fromFrame.reason} (the rest pose would say ${fromRest.unit})`,
    confidence: 'low',
  };
}

/** The up axis from where the head is, seen from the feet, on average over the motion or in the rest pose. */
export function guessBvhUpAxis(document: BvhDocument): BvhUpGuess {
  const isStatic = document.frameCount === 0;
  const clip = isStatic ? restClip(document) : sampledClip(document, SAMPLED_FRAMES);
  const { names, isEndSite } = clip.skeleton;
  const head = names.findIndex((name, node) => !isEndSite[node] && /head(?!ing)/i.test(name));
  const feet = names.flatMap((name, node) =>
    !isEndSite[node] && /foot|feet|ankle/i.test(name) ? [node] : [],
  );
  if (head < 0 || feet.length === 0) {
    return { upAxis: 'y', reason: 'no joint is called head or foot; taken as Y up', confidence: 'low' };
  }
  const rise = [0, 0, 0];
  for (let frame = 0; frame < clip.frameCount; frame++) {
    const positions = framePositions(clip, frame);
    for (const foot of feet) {
      for (let axis = 0; axis < 3; axis++) {
        rise[axis] +=
          (positions[head * 3 + axis] - positions[foot * 3 + axis]) / (feet.length * clip.frameCount);
      }
    }
  }
  const [, y, z] = rise.map(Math.abs);
  const upAxis = z > y ? 'z' : 'y';
  const where = isStatic ? 'in the rest pose' : 'on average';
  const shown = rise.map((value) => Number(value.toPrecision(3))).join(', ');
  const reason = `${where} the head is (${shown}) from the feet, so ${upAxis.toUpperCase()} is up`;
  const isUpright = rise[upAxis === 'y' ? 1 : 2] > 0;
  const isClear = Math.max(y, z) > CLEAR_RATIO * Math.max(Math.min(y, z), Math.abs(rise[0]));
  return { upAxis, reason, confidence: isUpright && isClear ? 'high' : 'low' };
}

function restClip(document: BvhDocument): SkeletonClip {
  const { clip } = bvhToClip(
    { ...document, frameCount: 0, motion: new Float64Array(0) },
    { metresPerUnit: 1 },
  );
  const nodeCount = clip.skeleton.names.length;
  const localRotations = new Float64Array(nodeCount * 4);
  for (let w = 3; w < localRotations.length; w += 4) localRotations[w] = 1;
  return { ...clip, frameCount: 1, localRotations, localTranslations: clip.skeleton.restOffsets };
}

function sampledClip(document: BvhDocument, most: number): SkeletonClip {
  const { channelCount, motion } = document;
  const frameCount = Math.min(most, document.frameCount);
  const sampled = new Float64Array(frameCount * channelCount);
  for (let sample = 0; sample < frameCount; sample++) {
    const frame = Math.floor((sample * document.frameCount) / frameCount);
    sampled.set(motion.subarray(frame * channelCount, (frame + 1) * channelCount), sample * channelCount);
  }
  return bvhToClip({ ...document, frameCount, motion: sampled }, { metresPerUnit: 1 }).clip;
}

function framePositions(clip: SkeletonClip, frame: number): Float64Array {
  const nodeCount = clip.skeleton.names.length;
  const positions = new Float64Array(nodeCount * 3);
  solveFk(clip, frame, positions, new Float64Array(nodeCount * 4));
  return positions;
}

function largestExtent(positions: Float64Array): number {
  let largest = 0;
  for (let axis = 0; axis < 3; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < positions.length; at += 3) {
      low = Math.min(low, positions[at]);
      high = Math.max(high, positions[at]);
    }
    largest = Math.max(largest, high - low);
  }
  return largest;
}
