import { type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { playback } from '../state/playback.ts';
import { type Axis, frameAt } from './axis.ts';

export interface ScrubHandlers {
  readonly onMouseDown: (event: MouseEvent<HTMLElement>) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
}

/**
 * Dragging over a track takes the playhead along, also beyond the track's edges.
 *
 * @param onPress what a press does beside moving the playhead; gets the event and the frame under it
 */
export function useScrub(
  axis: Axis,
  onPress?: (event: PointerEvent<HTMLElement>, frame: number) => void,
): ScrubHandlers {
  const latest = useRef({ axis, onPress });
  latest.current = { axis, onPress };
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
        latest.current.onPress?.(event, frame);
      },
      onPointerMove: (event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId) && (event.buttons & 1) === 1) seek(event);
      },
    };
  }, []);
}

/** A press takes the focus nowhere and ends typing, so that the arrow keys go on being commands of the window. */
function leaveFocus(event: MouseEvent<HTMLElement>): void {
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
