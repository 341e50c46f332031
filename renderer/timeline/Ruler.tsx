import { type KeyboardEvent, useCallback } from 'react';
import { playback } from '../state/playback.ts';
import type { Axis } from './axis.ts';
import type { RangeLook } from './draw-range.ts';
import { drawRuler } from './draw-ruler.ts';
import { RangeHandles } from './RangeHandles.tsx';
import classes from './Tracks.module.css';
import { secondsText } from './time-text.ts';
import { useTrackColors } from './track-colors.ts';
import { usePlayhead } from './use-playhead.ts';
import { useScrub } from './use-scrub.ts';
import { type DrawTrack, useTrackCanvas } from './use-track-canvas.ts';

const HEIGHT_PX = 34;

interface RulerProps {
  readonly axis: Axis;
  readonly look: RangeLook;
  readonly frameTime: number;
  readonly scale: number;
}

/** Frames and time. A slider to assistive technology: arrows step, Page Up and Down ten frames, Home and End. */
export function Ruler({ axis, look, frameTime, scale }: RulerProps) {
  const colors = useTrackColors();
  const scrub = useScrub(axis);
  const height = HEIGHT_PX * scale;
  const draw = useCallback<DrawTrack>(
    (context, width, drawnHeight) =>
      drawRuler(context, width, drawnHeight, { ...look, axis, frameTime, colors, scale }),
    [look, axis, frameTime, colors, scale],
  );
  const canvas = useTrackCanvas(draw, axis.width, height);
  const slider = usePlayhead<HTMLDivElement>((element, frame) => {
    element.setAttribute('aria-valuenow', String(frame));
    element.setAttribute('aria-valuetext', `frame ${frame}, ${secondsText(frame, frameTime)}`);
  });
  return (
    <div className={classes.row}>
      <div className={`${classes.gutter} ${classes.rulerGutter}`}>
        <span>Frame</span>
        <span>Time</span>
      </div>
      <div className={classes.plot} style={{ width: axis.width, height }}>
        <div
          ref={slider}
          role="slider"
          tabIndex={0}
          aria-label="Playhead"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, look.frameCount - 1)}
          aria-valuenow={playback.frame}
          className={classes.ruler}
          style={{ width: axis.width, height }}
          onKeyDown={stepByKey}
          {...scrub}
        >
          <canvas ref={canvas} />
        </div>
        <RangeHandles axis={axis} frameCount={look.frameCount} range={look.range} />
      </div>
    </div>
  );
}

function stepByKey(event: KeyboardEvent): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
  const frame = targetFrame(event);
  if (frame === null) return;
  // The window has commands on the same keys.
  event.preventDefault();
  event.stopPropagation();
  playback.stop();
  playback.seek(frame);
}

function targetFrame({ key, shiftKey }: KeyboardEvent): number | null {
  const { frame, frameCount } = playback;
  const step = shiftKey ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return frame - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return frame + step;
    case 'PageDown':
      return frame - 10;
    case 'PageUp':
      return frame + 10;
    case 'Home':
      return 0;
    case 'End':
      return frameCount - 1;
    default:
      return null;
  }
}
