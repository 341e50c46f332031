import { useRef } from 'react';
import { setActivity } from '../state/activity.ts';
import { type Axis, isWhole, panSpan, visibleFrames } from './axis.ts';
import classes from './Tracks.module.css';
import { usePlayhead } from './use-playhead.ts';
import { showSpan } from './use-timeline-navigation.ts';

/** The whole clip with the part on show; dragging the part pans, a double click shows everything. */
export function Overview({ axis, frameCount }: { readonly axis: Axis; readonly frameCount: number }) {
  const drag = useRef({ x: 0, span: axis.span });
  const head = usePlayhead<HTMLDivElement>((element, frame) => {
    element.style.transform = `translateX(${((frame + 0.5) / Math.max(1, frameCount)) * axis.width - 1}px)`;
  });
  const whole = isWhole(axis.span, frameCount);
  return (
    <div className={classes.row} aria-hidden="true">
      <div className={classes.gutter} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; commands zoom by keyboard */}
      <div
        className={`${classes.plot} ${classes.overview}`}
        style={{ width: axis.width }}
        onDoubleClick={() => setActivity({ timelineSpan: null })}
      >
        <div
          className={classes.thumb}
          data-whole={whole}
          style={{
            left: `${(axis.span[0] / Math.max(1, frameCount)) * 100}%`,
            width: `${(visibleFrames(axis.span) / Math.max(1, frameCount)) * 100}%`,
          }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, span: axis.span };
          }}
          onPointerMove={(event) => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
            const part = (event.clientX - drag.current.x) / Math.max(1, axis.width);
            showSpan(panSpan(drag.current.span, frameCount, part * frameCount), frameCount);
          }}
        />
        <div ref={head} className={classes.overviewHead} />
      </div>
    </div>
  );
}
