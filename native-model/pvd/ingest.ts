import { createHash } from 'node:crypto';
import { PoseMendError } from '../../contract/errors.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { RETRIEVAL_DIM, retrievalVector } from '../../motion/windows/retrieval-vector.ts';
import { cleanlinessWarnings } from './cleanliness.ts';
import type { NewEntry, PoseStore } from './pose-store.ts';
import { BODY17_SCHEMA } from './store-schema.ts';

const POSE_SIZE = BODY17_COUNT * 3;

export interface ClipWindowOptions {
  /** Frames in a window. Default: 8. */
  readonly length?: number;
  /** Frames per second of the windows. Default: 30. */
  readonly targetFps?: number;
  /** Frames between window starts, counted at `targetFps`. Default: 4, half a window. */
  readonly strideFrames?: number;
  /**
   * Changes a window in place, [frame][joint][xyz], before it is kept. Default: `centreWindow`. Searching does
   * not depend on it; numbers near zero are kept more exactly by libraries of 'float16'.
   */
  readonly place?: (window: Float32Array) => void;
}

/** The windows of one clip. */
export interface ClipWindows {
  readonly count: number;
  /** Metres, shape [window][frame][body-17 joint][xyz]. */
  readonly windows: Float32Array;
  /** Shape [window][RETRIEVAL_DIM]. */
  readonly vectors: Float32Array;
  /** Frames of the clip, inclusive, per window. */
  readonly startFrames: Int32Array;
  readonly endFrames: Int32Array;
  /** Windows left out because a joint is missing (NaN) somewhere in them. */
  readonly skipped: number;
}

/** A clip on its way into a store. */
export interface SourceClip {
  readonly clip: string;
  /** '' if unknown. */
  readonly person: string;
  /** Metres, Y up, shape [frame][body-17 joint][xyz]; NaN for what is missing. */
  readonly positions: Float64Array;
  /** Seconds per frame. */
  readonly frameTime: number;
  readonly licence: string;
  /** See `hashSource`; '' skips the check for duplicates. */
  readonly sourceHash: string;
  readonly tags?: readonly string[];
}

export interface AddClipOptions extends Pick<ClipWindowOptions, 'strideFrames' | 'place'> {
  /** Throw instead of warning if the motion does not look clean. */
  readonly refuseUnclean?: boolean;
}

export interface AddedClip {
  readonly ids: readonly number[];
  /** Windows left out because of missing joints. */
  readonly skipped: number;
  /** Why the clip may be a bad reference, for the user to read. */
  readonly warnings: readonly string[];
}

/** What `sourceHash` is: SHA-256 of the source file's bytes, in hexadecimal. */
export function hashSource(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Adds the windows of a clean clip. Throws PoseMendError if the same source file is in the store already, if
 * the clip is too short for a window, or if it is not clean and `refuseUnclean` is set.
 */
export async function addClip(
  store: PoseStore,
  source: SourceClip,
  options: AddClipOptions = {},
): Promise<AddedClip> {
  await refuseDuplicate(store, source);
  const { windowLength: length, windowFps: targetFps } = store.schema;
  const found = windowsOfClip(source.positions, source.frameTime, { ...options, length, targetFps });
  if (found.count === 0) throw nothingToAdd(source, found, length, targetFps);
  const warnings = cleanlinessWarnings(source.positions, source.frameTime);
  if (options.refuseUnclean && warnings.length > 0) {
    const advice = 'refine it first, or add it without the check';
    throw new PoseMendError(
      'input',
      `${source.clip}: not clean enough for a library: ${warnings.join('; ')}; ${advice}`,
    );
  }
  const ids = await store.add(toEntries(found, source, length));
  return { ids, skipped: found.skipped, warnings };
}

/**
 * Cuts a clip into windows at `targetFps`, interpolating linearly between frames, and makes their retrieval
 * vectors. `positions` has shape [frame][body-17 joint][xyz], metres.
 */
export function windowsOfClip(
  positions: Float64Array,
  frameTime: number,
  options: ClipWindowOptions = {},
): ClipWindows {
  const length = options.length ?? BODY17_SCHEMA.windowLength;
  const targetFps = options.targetFps ?? BODY17_SCHEMA.windowFps;
  const strideFrames = options.strideFrames ?? 4;
  const place = options.place ?? centreWindow;
  if (!Number.isInteger(strideFrames) || strideFrames < 1) {
    throw new RangeError(`strideFrames is ${strideFrames}, expected a whole number above 0`);
  }
  const frameCount = positions.length / POSE_SIZE;
  const clipFramesPerStep = 1 / (targetFps * frameTime);
  // 0.01: files round their frame time (0.008333), and a clip must not lose its last step to that.
  const steps = frameCount === 0 ? 0 : Math.floor((frameCount - 1) / clipFramesPerStep + 0.01) + 1;
  const most = steps < length ? 0 : Math.floor((steps - length) / strideFrames) + 1;

  const size = length * POSE_SIZE;
  const windows = new Float32Array(most * size);
  const vectors = new Float32Array(most * RETRIEVAL_DIM);
  const startFrames = new Int32Array(most);
  const endFrames = new Int32Array(most);
  let count = 0;
  for (let n = 0; n < most; n++) {
    const first = n * strideFrames * clipFramesPerStep;
    const last = Math.min(first + (length - 1) * clipFramesPerStep, frameCount - 1);
    const window = windows.subarray(count * size, (count + 1) * size);
    for (let frame = 0; frame < length; frame++) {
      writePoseAt(window, frame * POSE_SIZE, positions, Math.min(first + frame * clipFramesPerStep, last));
    }
    if (!window.every(Number.isFinite)) continue;
    place(window);
    retrievalVector(vectors, count * RETRIEVAL_DIM, window, 0, length);
    startFrames[count] = Math.floor(first + 1e-6);
    endFrames[count] = Math.ceil(last - 1e-6);
    count++;
  }
  return {
    count,
    windows: windows.slice(0, count * size),
    vectors: vectors.slice(0, count * RETRIEVAL_DIM),
    startFrames: startFrames.slice(0, count),
    endFrames: endFrames.slice(0, count),
    skipped: most - count,
  };
}

/** Puts the pelvis of the first frame above the origin. Height and heading stay. */
export function centreWindow(window: Float32Array): void {
  const x = window[BODY17.pelvis * 3];
  const z = window[BODY17.pelvis * 3 + 2];
  for (let n = 0; n < window.length; n += 3) {
    window[n] -= x;
    window[n + 2] -= z;
  }
}

/** The pose at a frame number that need not be whole. */
function writePoseAt(out: Float32Array, outOffset: number, positions: Float64Array, frame: number): void {
  const before = Math.floor(frame + 1e-6);
  const share = Math.max(0, frame - before);
  const start = before * POSE_SIZE;
  for (let n = 0; n < POSE_SIZE; n++) {
    const value = positions[start + n];
    // On a whole frame the next one is not looked at: it may be missing, or past the end.
    out[outOffset + n] = share < 1e-6 ? value : value + share * (positions[start + POSE_SIZE + n] - value);
  }
}

function toEntries(found: ClipWindows, source: SourceClip, length: number): NewEntry[] {
  const size = length * POSE_SIZE;
  const { clip, person, licence, sourceHash, tags = [] } = source;
  return Array.from({ length: found.count }, (_, n) => ({
    clip,
    person,
    licence,
    sourceHash,
    tags,
    fps: 1 / source.frameTime,
    startFrame: found.startFrames[n],
    endFrame: found.endFrames[n],
    vector: found.vectors.subarray(n * RETRIEVAL_DIM, (n + 1) * RETRIEVAL_DIM),
    window: found.windows.subarray(n * size, (n + 1) * size),
  }));
}

async function refuseDuplicate(store: PoseStore, { clip, sourceHash }: SourceClip): Promise<void> {
  if (sourceHash === '') return;
  const [known] = await store.clips({ sourceHash });
  if (known === undefined) return;
  const problem = `this file is in the library already, as "${known.clip}" with ${known.entries} windows`;
  throw new PoseMendError('input', `${clip}: ${problem}; remove that first to add it again`);
}

function nothingToAdd(
  source: SourceClip,
  found: ClipWindows,
  length: number,
  targetFps: number,
): PoseMendError {
  if (found.skipped > 0) {
    const problem = `every one of its ${found.skipped} windows misses a joint`;
    return new PoseMendError('input', `${source.clip}: ${problem}; a reference needs all body-17 joints`);
  }
  const frames = source.positions.length / POSE_SIZE;
  const seconds = ((frames - 1) * source.frameTime).toFixed(2);
  const needed = ((length - 1) / targetFps).toFixed(2);
  return new PoseMendError(
    'input',
    `${source.clip}: too short: it lasts ${seconds} s, a window needs ${needed} s`,
  );
}
