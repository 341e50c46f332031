import { type BvhDocument, type BvhHeader, type BvhHeaderNumber, channelLabel } from './bvh-document.ts';
import { MAX_FIXED6_BYTES, writeFixed6 } from './decimal-write.ts';
import { latin1Bytes } from './text-bytes.ts';

const SPACE = 32;

/**
 * Writes a document with its header as found, byte for byte; only the numbers after `Frames:` and
 * `Frame Time:` change, and only where they disagree with the motion. One frame per line, values with six
 * decimals.
 * @param motion Channel values in file units and degrees, shape [frame][channel]; the document's own by default.
 * @throws RangeError for a value that is not finite or a length that is no whole number of frames.
 */
export function writeBvh(document: BvhDocument, motion: Float64Array = document.motion): Uint8Array {
  const { channelCount, lineEnding } = document;
  const frameCount = channelCount === 0 ? 0 : motion.length / channelCount;
  if (!Number.isInteger(frameCount) || (channelCount === 0 && motion.length > 0)) {
    throw new RangeError(`${motion.length} values are no whole number of frames of ${channelCount} channels`);
  }
  const header = latin1Bytes(headerFor(document, frameCount));
  const lineEndBytes = latin1Bytes(lineEnding);

  // Twelve bytes hold -180.000000 and a blank; the buffer grows for larger numbers.
  let out = new Uint8Array(header.length + motion.length * 12 + MAX_FIXED6_BYTES + 2);
  out.set(header);
  let at = header.length;
  for (let frame = 0; frame < frameCount; frame++) {
    const first = frame * channelCount;
    for (let channel = 0; channel < channelCount; channel++) {
      if (out.length - at < MAX_FIXED6_BYTES + 2) out = grown(out);
      const value = motion[first + channel];
      if (!Number.isFinite(value)) {
        throw new RangeError(`frame ${frame}: ${channelLabel(document.joints, channel)} is ${value}`);
      }
      at = writeFixed6(out, at, value);
      out[at++] = SPACE;
    }
    // The line end takes the place of the last blank.
    out.set(lineEndBytes, at - 1);
    at += lineEndBytes.length - 1;
  }
  return out.slice(0, at);
}

/** Seconds per frame with ten decimals, so that 120 fps reads back as 120.000000 fps. */
export function formatFrameTime(seconds: number): string {
  return seconds.toFixed(10);
}

function headerFor(document: BvhDocument, frameCount: number): string {
  const { header, lineEnding, frameTime } = document;
  if (header.motionEnd < 0) {
    if (frameCount === 0) return header.text;
    const times = `Frames: ${frameCount}${lineEnding}Frame Time: ${formatFrameTime(frameTime)}${lineEnding}`;
    return `${onNewLine(header.text, lineEnding)}MOTION${lineEnding}${times}`;
  }
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  if (header.frames === null) {
    edits.push({
      start: header.motionEnd,
      end: header.motionEnd,
      text: `${lineEnding}Frames: ${frameCount}`,
    });
  } else if (header.frames.value !== frameCount) {
    edits.push(replacing(header.text, header.frames, String(frameCount)));
  }
  let tail = '';
  if (header.frameTime === null) {
    if (frameTime > 0) tail = `Frame Time: ${formatFrameTime(frameTime)}${lineEnding}`;
  } else if (frameTime > 0 && header.frameTime.value !== frameTime) {
    edits.push(replacing(header.text, header.frameTime, formatFrameTime(frameTime)));
  }
  const text = applyEdits(header, edits);
  const needsBreak = tail !== '' || (frameCount > 0 && !/\s$/.test(text));
  return (needsBreak ? onNewLine(text, lineEnding) : text) + tail;
}

function applyEdits(
  header: BvhHeader,
  edits: { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  let { text } = header;
  // From the back, so that earlier positions stay valid.
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }
  return text;
}

function replacing(text: string, number: BvhHeaderNumber, replacement: string) {
  const needsBlank = number.start === number.end && !/\s$/.test(text.slice(0, number.start));
  return { start: number.start, end: number.end, text: needsBlank ? ` ${replacement}` : replacement };
}

function onNewLine(text: string, lineEnding: string): string {
  return /[\r\n]$/.test(text) ? text : text + lineEnding;
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2 + MAX_FIXED6_BYTES);
  larger.set(bytes);
  return larger;
}
