import { type PointerEvent, useCallback } from 'react';
import { selectSpan } from '../actions/bad-frames.ts';
import type { BadSpan } from '../state/selectors.ts';
import { type Axis, frameAt, frameCentre, frameLeft, spanAround, visibleFrames } from './axis.ts';
import { spanIndexAt } from './find-span.ts';
import { useHoverLabel } from './hover-label.ts';
import classes from './Tracks.module.css';
import { useTrackColors } from './track-colors.ts';
import { showSpan } from './use-timeline-navigation.ts';
import { type DrawTrack, useTrackCanvas } from './use-track-canvas.ts';

const HEIGHT_PX = 14;
/** A marker is hit this far beside it, px. */
const REACH_PX = 4;

interface SpanMarkersProps {
  readonly axis: Axis;
  readonly spans: readonly BadSpan[];
  readonly frameCount: number;
  readonly scale: number;
}

/** Stretches of bad frames, their worst frame notched. A click goes to the worst frame, a double click zooms. */
export function SpanMarkers({ axis, spans, frameCount, scale }: SpanMarkersProps) {
  const colors = useTrackColors();
  const hover = useHoverLabel();
  const height = HEIGHT_PX * scale;
  const draw = useCallback<DrawTrack>(
    (context, width, drawnHeight) => {
      for (const span of spans) {
        const left = frameLeft(axis, span.start);
        const right = frameLeft(axis, span.end + 1);
        if (right < 0 || left > width) continue;
        context.fillStyle = colors.bad;
        context.fillRect(left, 3, Math.max(2, right - left), drawnHeight - 6);
        if (right - left < 8) continue;
        context.fillStyle = colors.text;
        context.fillRect(Math.round(frameCentre(axis, span.worst)) - 1, 1, 2, drawnHeight - 2);
      }
    },
    [axis, spans, colors],
  );
  const canvas = useTrackCanvas(draw, axis.width, height);

  const spanUnder = (event: { clientX: number; currentTarget: HTMLElement }): BadSpan | undefined => {
    const frame = frameAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
    const reach = Math.ceil((REACH_PX / Math.max(1, axis.width)) * visibleFrames(axis.span));
    return spans[spanIndexAt(spans, frame, reach)];
  };

  return (
    <div className={classes.row}>
      <div className={classes.gutter} style={{ height, lineHeight: `${height}px` }}>
        Bad spans
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list of spans offers the same by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the list of spans offers the same by keyboard */}
      <div
        className={`${classes.plot} ${classes.markers}`}
        style={{ width: axis.width, height }}
        onClick={(event) => {
          const span = spanUnder(event);
          if (span !== undefined) selectSpan(span);
        }}
        onDoubleClick={(event) => {
          const span = spanUnder(event);
          if (span !== undefined) showSpan(spanAround(span.start, span.end, frameCount), frameCount);
        }}
        onPointerMove={(event: PointerEvent<HTMLElement>) => {
          const span = spanUnder(event);
          if (span === undefined) hover.hide();
          else
            hover.show(
              event,
              `frames ${span.start}–${span.end} · worst at ${span.worst}, ${span.peakMm.toFixed(0)} mm`,
            );
        }}
        onPointerLeave={hover.hide}
      >
        <canvas ref={canvas} />
      </div>
    </div>
  );
}
