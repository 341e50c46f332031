import { Inflate } from 'fflate';
import { FormatError } from '../errors.ts';

export interface InflateBounds {
  /** What the file says the stream inflates to; null where it says nothing. */
  readonly declaredBytes: number | null;
  /** Inflating ends here, whatever was declared. */
  readonly maxBytes: number;
  /** Only so many bytes are wanted: inflating ends soon after them. */
  readonly onlyBytes?: number;
}

/** How a caller turns a problem into an error that names its file and place. */
export type Refuse = (problem: string, advice: string) => FormatError;

export const CUT_OFF = 'it was cut off or damaged: copy or save it again';

/** One push inflates to 32 MiB at most. */
const CHUNK_BYTES = 2 ** 15;
/** Where only the beginning is wanted, pushes are small, so that little beyond it is inflated. */
const HEAD_CHUNK_BYTES = 512;
/** A stored block of 64 KiB goes in whole before any of it comes out; beyond twice that nothing follows. */
const MAX_IDLE_BYTES = 2 ** 17;
const FIRST_GUESS_RATIO = 8;

/**
 * Inflates a raw DEFLATE stream. Memory grows with what really comes out and never beyond the bounds: nothing is
 * taken because a header claims it.
 */
export function inflateBounded(compressed: Uint8Array, bounds: InflateBounds, refuse: Refuse): Uint8Array {
  const { declaredBytes, maxBytes, onlyBytes } = bounds;
  const wanted = Math.min(declaredBytes ?? maxBytes, maxBytes, onlyBytes ?? Number.POSITIVE_INFINITY);
  let output = new Uint8Array(Math.min(wanted, compressed.length * FIRST_GUESS_RATIO + 1024));
  let size = 0;

  const isEnough = (): boolean => onlyBytes !== undefined && size >= onlyBytes;
  const inflator = new Inflate((chunk) => {
    const room = wanted - size;
    if (size + chunk.length > Math.min(declaredBytes ?? maxBytes, maxBytes)) throw tooMuch(bounds, refuse);
    const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
    if (size + taken.length > output.length) {
      const larger = new Uint8Array(Math.min(wanted, Math.max(output.length * 2, size + taken.length)));
      larger.set(output.subarray(0, size));
      output = larger;
    }
    output.set(taken, size);
    size += taken.length;
  });

  const step = onlyBytes === undefined ? CHUNK_BYTES : HEAD_CHUNK_BYTES;
  let idleBytes = 0;
  try {
    for (let at = 0; at < compressed.length && !isEnough(); at += step) {
      const before = size;
      const end = Math.min(at + step, compressed.length);
      inflator.push(compressed.subarray(at, end), end === compressed.length);
      idleBytes = size > before ? 0 : idleBytes + step;
      // Pushing into a stream that has ended costs more with every push.
      if (idleBytes > MAX_IDLE_BYTES) throw refuse('data follow the end of the compressed stream', CUT_OFF);
    }
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw refuse('the compressed data are damaged', CUT_OFF);
  }
  if (onlyBytes === undefined && declaredBytes !== null && size !== declaredBytes) {
    throw refuse(`it inflates to ${size} bytes, ${declaredBytes} are declared`, CUT_OFF);
  }
  return size === output.length ? output : output.slice(0, size);
}

function tooMuch({ declaredBytes, maxBytes }: InflateBounds, refuse: Refuse): FormatError {
  if (declaredBytes !== null && declaredBytes <= maxBytes) {
    return refuse(`it inflates to more than the ${declaredBytes} bytes it declares`, CUT_OFF);
  }
  return refuse(
    `it inflates to more than ${maxBytes} bytes`,
    'no motion data compress so far; it may be malicious',
  );
}
