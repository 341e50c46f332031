import { FormatError, type FormatWarning } from '../errors.ts';
import type { BvhDocument, BvhHeader } from './bvh-document.ts';
import { lineEndingOf, readBvhMotionHeader } from './bvh-header.ts';
import { type BvhHierarchy, readBvhHierarchy } from './bvh-hierarchy.ts';
import { readBvhMotion } from './bvh-motion.ts';
import { BvhScanner } from './bvh-scanner.ts';
import { quoteToken } from './text-bytes.ts';

export interface BvhReadOptions {
  /** Which ROOT to use where there are several: its name, or its number from 0. Default: the first. */
  readonly root?: string | number;
  /** Seconds per frame; replaces what the file says. */
  readonly frameTime?: number;
}

/** A text file has no NUL byte; this many bytes are looked at. */
const BINARY_PROBE_BYTES = 4096;
const PASS_FPS = 'give the frame rate (--fps)';

/**
 * Reads a BVH file of any dialect. Values stay as found: file units, degrees, the file's axes.
 * Oddities that leave no doubt about the motion become `warnings`.
 * @throws FormatError with the line, what is wrong and what to do.
 */
export function readBvh(bytes: Uint8Array, source: string, options: BvhReadOptions = {}): BvhDocument {
  const { frameTime: givenFrameTime } = options;
  if (givenFrameTime !== undefined && !(givenFrameTime > 0 && Number.isFinite(givenFrameTime))) {
    throw new RangeError(`frameTime must be a positive number of seconds, got ${givenFrameTime}`);
  }
  const warnings: FormatWarning[] = [];
  const scanner = new BvhScanner(bytes, source);
  skipByteOrderMark(scanner);
  checkIsText(scanner);
  const hierarchy = readBvhHierarchy(scanner, warnings);
  const root = pickRoot(scanner, hierarchy, options.root, warnings);
  const header = readBvhMotionHeader(scanner, warnings);
  const claimedFrames = readClaimedFrames(scanner, header, warnings);
  const { frameCount, motion } =
    header.motionEnd < 0
      ? { frameCount: 0, motion: new Float64Array(0) }
      : readBvhMotion(scanner, hierarchy.joints, hierarchy.channelCount, claimedFrames, warnings);
  if (claimedFrames !== null && claimedFrames !== frameCount) {
    warnings.push({
      place: String(scanner.line(header.frames!.start)),
      message: `the file claims ${claimedFrames} frames and has ${frameCount}; all ${frameCount} are used`,
    });
  }
  const frameTime = readFrameTime(scanner, header, frameCount, givenFrameTime, warnings);
  return {
    ...hierarchy,
    root,
    frameCount,
    frameTime,
    motion,
    header,
    lineEnding: lineEndingOf(header.text),
    warnings,
  };
}

function skipByteOrderMark(scanner: BvhScanner): void {
  const [first, second, third] = scanner.bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) scanner.offset = 3;
  else if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new FormatError(scanner.source, 1, 'the text is UTF-16', 'save it as UTF-8 or ASCII');
  }
}

function checkIsText(scanner: BvhScanner): void {
  const { bytes, source } = scanner;
  const probeEnd = Math.min(bytes.length, BINARY_PROBE_BYTES);
  let hasInk = false;
  for (let at = scanner.offset; at < probeEnd; at++) {
    if (bytes[at] === 0)
      throw new FormatError(source, 1, 'the file is binary, BVH is text', 'check the file type');
    hasInk ||= bytes[at] > 32;
  }
  if (!hasInk && bytes.length <= BINARY_PROBE_BYTES) {
    throw new FormatError(source, 1, 'the file is empty', 'export the clip again');
  }
}

function pickRoot(
  scanner: BvhScanner,
  { joints, roots }: BvhHierarchy,
  wanted: string | number | undefined,
  warnings: FormatWarning[],
): number {
  const names = roots.map((root) => joints[root].uniqueName);
  if (roots.length > 1) {
    const message = `the file has ${roots.length} roots: ${names.slice(0, 20).join(', ')}; one is read at a time`;
    warnings.push({ place: String(scanner.line()), message });
  }
  if (wanted === undefined) return roots[0];
  const byName = roots.find((root) => joints[root].uniqueName === wanted || joints[root].name === wanted);
  const picked = typeof wanted === 'number' ? roots[wanted] : byName;
  if (picked === undefined) {
    scanner.fail(
      `there is no root ${quoteToken(String(wanted))}`,
      `the roots are ${names.slice(0, 20).join(', ')}`,
    );
  }
  return picked;
}

function readClaimedFrames(scanner: BvhScanner, header: BvhHeader, warnings: FormatWarning[]): number | null {
  if (header.motionEnd < 0) {
    warnings.push({
      place: String(scanner.line()),
      message: 'there is no MOTION section: a skeleton without frames',
    });
    return null;
  }
  const { frames } = header;
  if (frames !== null && Number.isInteger(frames.value) && frames.value >= 0) return frames.value;
  const place = String(scanner.line(frames?.start ?? header.motionEnd));
  warnings.push({ place, message: 'Frames: is missing or no whole number; the frames are counted' });
  return null;
}

function readFrameTime(
  scanner: BvhScanner,
  header: BvhHeader,
  frameCount: number,
  given: number | undefined,
  warnings: FormatWarning[],
): number {
  const stated = header.frameTime?.value ?? Number.NaN;
  const isUsable = stated > 0;
  const place = header.frameTime?.start ?? Math.max(0, header.motionEnd);
  if (given !== undefined) {
    if (isUsable && Math.abs(stated - given) > 1e-6) {
      const asked = Number(given.toPrecision(6));
      const message = `Frame Time is ${stated} s; read with ${asked} s as asked`;
      warnings.push({ place: String(scanner.line(place)), message });
    }
    return given;
  }
  if (!isUsable) {
    if (frameCount === 0) return 0;
    const found = header.frameTime === null ? 'Frame Time is missing' : 'Frame Time is not a positive number';
    scanner.fail(found, PASS_FPS, place);
  }
  if (stated >= 1) {
    const message = `Frame Time is ${stated} seconds per frame; if that is a frame rate, ${PASS_FPS}`;
    warnings.push({ place: String(scanner.line(place)), message });
  }
  return stated;
}
