import { announce } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { poseShelf } from '../state/poses.ts';
import { type BadSpan, badSpans, worstFirst } from '../state/selectors.ts';

/** The next or previous stretch of bad frames from the playhead; the playhead goes to its worst frame. */
export function goToSpan(direction: 1 | -1): void {
  const spans = activeSpans();
  const { frame } = playback;
  const target =
    direction === 1 ? spans.find((span) => span.worst > frame) : spans.findLast((span) => span.worst < frame);
  if (target !== undefined) selectSpan(target);
  else
    announce(
      spans.length === 0 ? 'No frames are marked as bad' : 'There is no further stretch of bad frames',
    );
}

export function goToWorst(): void {
  const [worst] = worstFirst(activeSpans());
  if (worst !== undefined) selectSpan(worst);
  else announce('No frames are marked as bad');
}

export function selectSpan(span: BadSpan): void {
  playback.stop();
  playback.seek(span.worst);
  announce(
    `Frames ${span.start} to ${span.end}, worst at ${span.worst}, ${span.peakMm.toFixed(0)} millimetres`,
  );
}

/** In time order; none before the first take. */
function activeSpans(): BadSpan[] {
  const { activeClip, edits, clips } = useDocument.getState();
  if (activeClip === null) return [];
  const { compare, threshold } = edits[activeClip];
  const take = [compare.b, compare.a].find((version) => version !== null && version !== 'input');
  const quality = take === undefined || take === null ? undefined : poseShelf.quality(take);
  return quality === undefined ? [] : badSpans(quality, clips[activeClip].info.frameTime, threshold);
}
