import type { SolvedResult } from '../refine/solve-result.ts';
import type { Format, OpenedClip } from './open-clip.ts';
import { wholeClip, writeWholeClip } from './whole-clip.ts';

/** The bytes of a result in a format, with nothing cut or converted that the format does not ask for. */
export function encodeResult(clip: OpenedClip, result: SolvedResult, format: Format): Uint8Array {
  return writeWholeClip(wholeClip(clip, result, format));
}

/** The clip itself in another format, or written again in its own. */
export function encodeClip(clip: OpenedClip, format: Format): Uint8Array {
  return writeWholeClip(wholeClip(clip, null, format));
}
