import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { mirrorJoints, OTHER_SIDE } from '../../motion/skeleton/mirror.ts';
import type { WindowPlan } from '../../motion/windows/plan-windows.ts';
import type { Feed } from '../inference/onnx-session.ts';
import type { SequenceReferences } from './sequence-references.ts';

const POSE = BODY17_COUNT * 3;

/** Chunks of a clip as the `posemend` network reads them, reused from call to call. */
export interface Chunks {
  /** Grid frames per chunk. */
  readonly length: number;
  readonly window: Float32Array;
  readonly valid: Float32Array;
  readonly reference: Float32Array;
  readonly spread: Float32Array;
  readonly distance: Float32Array;
  readonly known: Float32Array;
  /** Median bone lengths, metres, [chunk][16]. */
  readonly bones: Float32Array;
  /** Taken off every chunk, so that a body far from the origin loses no digits in float32: [chunk][xyz]. */
  readonly origins: Float64Array;
  feeds(count: number): Record<string, Feed>;
}

/**
 * @param bones median bone lengths of the clip, metres, [16]
 * @param step seconds between grid frames and between the clip's frames, in units of 1/30 s
 */
export function createChunks(
  capacity: number,
  length: number,
  bones: Float32Array,
  step: readonly [number, number],
): Chunks {
  const arrays = {
    window: new Float32Array(capacity * length * POSE),
    valid: new Float32Array(capacity * length * BODY17_COUNT),
    reference: new Float32Array(capacity * length * POSE),
    spread: new Float32Array(capacity * length * BODY17_COUNT),
    distance: new Float32Array(capacity * length),
    known: new Float32Array(capacity),
  };
  const clipBones = new Float32Array(capacity * bones.length);
  const steps = new Float32Array(capacity * 2);
  for (let w = 0; w < capacity; w++) {
    clipBones.set(bones, w * bones.length);
    steps.set(step, w * 2);
  }
  const feeds = (count: number): Record<string, Feed> => ({
    window: { data: arrays.window, shape: [count, length, BODY17_COUNT, 3] },
    valid: { data: arrays.valid, shape: [count, length, BODY17_COUNT] },
    bones: { data: clipBones, shape: [count, bones.length] },
    step: { data: steps, shape: [count, 2] },
    reference: { data: arrays.reference, shape: [count, length, BODY17_COUNT, 3] },
    spread: { data: arrays.spread, shape: [count, length, BODY17_COUNT] },
    distance: { data: arrays.distance, shape: [count, length] },
    known: { data: arrays.known, shape: [count] },
  });
  return { length, ...arrays, bones: clipBones, origins: new Float64Array(capacity * 3), feeds };
}

/**
 * Writes the chunk at grid frame `start` of the plan into place `w`. Slots past the clip's end repeat its last frame
 * and are marked as not seen.
 *
 * @param grid metres, [grid frame][17][xyz]
 * @param seen 1 where a joint was seen, [grid frame][17]; null: everywhere
 */
export function fillChunk(
  chunks: Chunks,
  w: number,
  grid: Float64Array,
  seen: Uint8Array | null,
  references: SequenceReferences | null,
  plan: WindowPlan,
  start: number,
): void {
  const { length, origins } = chunks;
  const slots = Math.min(length, plan.frameCount - start);
  for (let axis = 0; axis < 3; axis++) origins[w * 3 + axis] = grid[start * POSE + axis];
  const place = (out: Float32Array, values: Float64Array): void => {
    for (let slot = 0; slot < length; slot++) {
      const from = Math.min(plan.frameCount - 1, start + slot) * POSE;
      const to = (w * length + slot) * POSE;
      for (let at = 0; at < POSE; at++) out[to + at] = values[from + at] - origins[w * 3 + (at % 3)];
    }
  };
  place(chunks.window, grid);
  const valid = chunks.valid.subarray(w * length * BODY17_COUNT, (w + 1) * length * BODY17_COUNT);
  valid.fill(1, 0, slots * BODY17_COUNT).fill(0, slots * BODY17_COUNT);
  if (seen !== null) valid.set(seen.subarray(start * BODY17_COUNT, (start + slots) * BODY17_COUNT));

  // A chunk with a stretch that no reference speaks of does without any.
  const isKnown = references?.known.subarray(start, start + slots).every((known) => known === 1) ?? false;
  chunks.known[w] = isKnown ? 1 : 0;
  if (references === null || !isKnown) {
    chunks.reference.fill(0, w * length * POSE, (w + 1) * length * POSE);
    chunks.spread.fill(0, w * length * BODY17_COUNT, (w + 1) * length * BODY17_COUNT);
    chunks.distance.fill(0, w * length, (w + 1) * length);
    return;
  }
  place(chunks.reference, references.reference);
  for (let slot = 0; slot < length; slot++) {
    const frame = Math.min(plan.frameCount - 1, start + slot);
    const to = w * length + slot;
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      chunks.spread[to * BODY17_COUNT + joint] = references.spread[frame * BODY17_COUNT + joint];
    }
    chunks.distance[to] = references.distance[frame];
  }
}

/** Writes the mirror image of chunk `w` into place `to`. */
export function mirrorChunk(chunks: Chunks, w: number, to: number): void {
  const { length, window, valid, reference, spread, distance, known, bones, origins } = chunks;
  const poses = length * POSE;
  const joints = length * BODY17_COUNT;
  mirrorJoints(window, to * poses, window, w * poses, length, 3);
  mirrorJoints(reference, to * poses, reference, w * poses, length, 3);
  mirrorJoints(valid, to * joints, valid, w * joints, length, 1);
  mirrorJoints(spread, to * joints, spread, w * joints, length, 1);
  distance.copyWithin(to * length, w * length, (w + 1) * length);
  known[to] = known[w];
  // By child joint, without the pelvis.
  const count = BODY17_COUNT - 1;
  for (let bone = 0; bone < count; bone++)
    bones[to * count + OTHER_SIDE[bone + 1] - 1] = bones[w * count + bone];
  origins.copyWithin(to * 3, w * 3, (w + 1) * 3);
}

/** What the network said of the mirror image of a chunk, on the sides of the chunk itself. */
export function unmirrored(
  outputs: Readonly<Record<string, Float32Array>>,
  w: number,
  length: number,
): Readonly<Record<string, Float32Array>> {
  const out: Record<string, Float32Array> = {};
  for (const [name, values] of Object.entries(outputs)) {
    const channels = name === 'final' ? 3 : 1;
    const perFrame = name === 'surprise' ? 1 : BODY17_COUNT * channels;
    const first = w * length * perFrame;
    if (name === 'surprise') out[name] = values.slice(first, first + length);
    else {
      out[name] = new Float32Array(length * perFrame);
      mirrorJoints(out[name], 0, values, first, length, channels);
    }
  }
  return out;
}

/**
 * The network's motion of chunk `w` back in the world, metres, [slot][17][xyz].
 *
 * @param first where it begins in `final`
 */
export function inWorld(
  out: Float64Array,
  final: Float32Array,
  first: number,
  { length, origins }: Chunks,
  w: number,
): void {
  for (let at = 0; at < length * POSE; at++) out[at] = final[first + at] + origins[w * 3 + (at % 3)];
}
