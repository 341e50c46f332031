import type { ReferenceItem } from '../../../contract/takes.ts';
import { numberText } from '../parts/number-text.ts';

/** What an entry is called, and whether it is a recording at all. */
export interface ReferenceSource {
  readonly title: string;
  /** How many windows were averaged; null for a window cut from one recording. */
  readonly averagedWindows: number | null;
}

/** Entries that are means say so in their clip's name: `prototype 12 (mean of 10 windows)`. */
export function referenceSource(clip: string): ReferenceSource {
  const found = /^(.*?)\s*\(mean of (\d+) windows?\)$/.exec(clip);
  return found === null
    ? { title: clip, averagedWindows: null }
    : { title: found[1], averagedWindows: Number(found[2]) };
}

/** One sentence about where an entry comes from. */
export function sourceSentence(clip: string): string {
  const { averagedWindows } = referenceSource(clip);
  return averagedWindows === null
    ? 'A window of one clean recording.'
    : `An averaged prototype: the mean of ${averagedWindows} similar clean windows. No single recording moves exactly like this.`;
}

/** What a screen reader says of a card. */
export function spokenReference(item: ReferenceItem): string {
  const { title, averagedWindows } = referenceSource(item.clip);
  const kind = averagedWindows === null ? '' : `, mean of ${averagedWindows} windows`;
  return `${title}${kind}, distance ${numberText(item.distance)}`;
}

/** `0–7 at 30 fps`. */
export function framesText({ startFrame, endFrame, fps }: ReferenceItem): string {
  return `${startFrame}–${endFrame} at ${Number(fps.toFixed(2))} fps`;
}
