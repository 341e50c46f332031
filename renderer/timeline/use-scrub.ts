import { type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { beginGesture, editActiveClip, endGesture } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { type Axis, frameAt } from './axis.ts';
import { normalisedRange } from './range-shape.ts';

export interface ScrubHandlers {
  readonly onMouseDown: (event: MouseEvent<HTMLElement>) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onLostPointerCapture: () => void;
}

/**
 * Dragging over a track takes the playhead along, also beyond the track's edges; with Shift it sets the range from
 * where the drag began, as one step of the undo history.
 *
 * @param onPress what a press does beside moving the playhead; gets the event and the frame under it
 */
export function useScrub(
  axis: Axis,
  onPress?: (event: PointerEvent<HTMLElement>, frame: number) => void,
): ScrubHandlers {
  const latest = useRef({ axis, onPress });
  latest.current = { axis, onPress };
  /** Where a drag with Shift began; null in any other. */
  const rangeStart = useRef<number | null>(null);
  return useMemo(() => {
    const seek = (event: PointerEvent<HTMLElement>): number => {
      const { left } = event.currentTarget.getBoundingClientRect();
      const frame = frameAt(latest.current.axis, event.clientX - left);
      playback.seek(frame);
      return frame;
    };
    return {
      onMouseDown: leaveFocus,
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        playback.stop();
        const frame = seek(event);
        if (event.shiftKey) {
          rangeStart.current = frame;
          beginGesture();
        } else latest.current.onPress?.(event, frame);
      },
      onPointerMove: (event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId) || (event.buttons & 1) === 0) return;
        const frame = seek(event);
        const start = rangeStart.current;
        if (start === null) return;
        const range = [Math.min(start, frame), Math.max(start, frame)] as const;
        editActiveClip({ range: normalisedRange(range, playback.frameCount) });
      },
      onLostPointerCapture: () => {
        if (rangeStart.current !== null) endGesture();
        rangeStart.current = null;
      },
    };
  }, []);
}

/** A press takes the focus nowhere and ends typing, so that the arrow keys go on being commands of the window. */
function leaveFocus(event: MouseEvent<HTMLElement>): void {
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
