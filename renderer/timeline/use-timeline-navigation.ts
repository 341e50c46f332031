import { type RefObject, useEffect, useRef } from 'react';
import { setActivity } from '../state/activity.ts';
import { playback } from '../state/playback.ts';
import { onRequest } from '../state/requests.ts';
import type { BadSpan } from '../state/selectors.ts';
import {
  type Axis,
  type AxisSpan,
  isWhole,
  panSpan,
  spanAround,
  spanShowing,
  visibleFrames,
  zoomSpan,
} from './axis.ts';
import { spanIndexAt } from './find-span.ts';
import type { FrameRange } from './range-shape.ts';

/** Zoom of one notch of a wheel (100 px): two notches show half or twice as much. */
const ZOOM_PER_PX = Math.SQRT2 ** (1 / 100);
const PX_PER_LINE = 16;

export interface Navigated {
  readonly axis: Axis;
  readonly frameCount: number;
  /** Left edge of the axis within the element, px. */
  readonly gutter: number;
  readonly spans: readonly BadSpan[];
  readonly range: FrameRange | null;
}

/** Shows these frames; the whole clip follows a clip of another length, so it is kept as null. */
export function showSpan(span: AxisSpan, frameCount: number): void {
  setActivity({ timelineSpan: isWhole(span, frameCount) ? null : span });
}

/** The stretch of bad frames at or nearest to the playhead, else the range. */
export function zoomToSpan({ spans, range, frameCount }: Navigated): void {
  const index = spanIndexAt(spans, playback.frame, Number.POSITIVE_INFINITY);
  const stretch = index < 0 ? range : ([spans[index].start, spans[index].end] as const);
  if (stretch !== null) showSpan(spanAround(stretch[0], stretch[1], frameCount), frameCount);
}

/**
 * Ctrl+wheel zooms at the pointer, Shift+wheel and a sideways wheel pan, so does dragging with the middle button; the
 * requests of commands; and the page turns when the playhead leaves it.
 */
export function useTimelineNavigation(element: RefObject<HTMLElement | null>, navigated: Navigated): void {
  const latest = useRef(navigated);
  latest.current = navigated;

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const mover = spanMover(latest);

    const onWheel = (event: WheelEvent): void => {
      const { axis, frameCount, gutter } = latest.current;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PX_PER_LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        const anchor =
          (event.clientX - target.getBoundingClientRect().left - gutter) / Math.max(1, axis.width);
        const factor = ZOOM_PER_PX ** (event.deltaY * unit);
        mover.move((span) => zoomSpan(span, frameCount, Math.min(1, Math.max(0, anchor)), factor));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const px = (event.deltaX === 0 ? event.deltaY : event.deltaX) * unit;
        mover.move((span) => panSpan(span, frameCount, (px / Math.max(1, axis.width)) * visibleFrames(span)));
      } else return;
      event.preventDefault();
    };

    const onPointerDown = (event: PointerEvent): void => {
      if (event.button !== 1) return;
      event.preventDefault();
      target.setPointerCapture(event.pointerId);
    };
    const onPointerMove = (event: PointerEvent): void => {
      if (!target.hasPointerCapture(event.pointerId) || (event.buttons & 4) === 0) return;
      const { axis, frameCount } = latest.current;
      const part = -event.movementX / Math.max(1, axis.width);
      mover.move((span) => panSpan(span, frameCount, part * visibleFrames(span)));
    };

    target.addEventListener('wheel', onWheel, { passive: false });
    target.addEventListener('pointerdown', onPointerDown);
    target.addEventListener('pointermove', onPointerMove);
    const stops = [
      onRequest('zoom-timeline-all', () => setActivity({ timelineSpan: null })),
      onRequest('zoom-timeline-span', () => zoomToSpan(latest.current)),
      playback.onFrame((frame) => {
        const { axis, frameCount } = latest.current;
        const span = spanShowing(axis.span, frameCount, frame);
        if (span !== axis.span) showSpan(span, frameCount);
      }),
    ];
    return () => {
      mover.stop();
      target.removeEventListener('wheel', onWheel);
      target.removeEventListener('pointerdown', onPointerDown);
      target.removeEventListener('pointermove', onPointerMove);
      for (const stop of stops) stop();
    };
  }, [element]);
}

/** Gathers the moves of one display frame, so that a fast wheel draws no more often than the display shows. */
function spanMover(latest: { readonly current: Navigated }) {
  let pending: AxisSpan | null = null;
  let request = 0;
  return {
    move(change: (span: AxisSpan) => AxisSpan): void {
      pending = change(pending ?? latest.current.axis.span);
      if (request !== 0) return;
      request = requestAnimationFrame(() => {
        request = 0;
        if (pending !== null) showSpan(pending, latest.current.frameCount);
        pending = null;
      });
    },
    stop(): void {
      cancelAnimationFrame(request);
    },
  };
}
