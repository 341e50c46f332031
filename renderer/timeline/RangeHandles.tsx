import { type KeyboardEvent, useRef } from 'react';
import { beginGesture, editActiveClip, endGesture } from '../state/document.ts';
import { type Axis, frameLeft, visibleFrames } from './axis.ts';
import { type FrameRange, withIn, withOut } from './range-shape.ts';
import classes from './Tracks.module.css';

interface RangeHandlesProps {
  readonly axis: Axis;
  readonly frameCount: number;
  readonly range: FrameRange | null;
}

/** In and out point, to be dragged or moved by the arrow keys. One drag is one step of the undo history. */
export function RangeHandles({ axis, frameCount, range }: RangeHandlesProps) {
  const [first, last] = range ?? [0, frameCount - 1];
  return (
    <>
      <Handle
        label="In point"
        className={classes.in}
        axis={axis}
        edge={first}
        frame={first}
        frameCount={frameCount}
        move={(edge) => editActiveClip({ range: withIn(range, edge, frameCount) })}
      />
      <Handle
        label="Out point"
        className={classes.out}
        axis={axis}
        edge={last + 1}
        frame={last}
        frameCount={frameCount}
        move={(edge) => editActiveClip({ range: withOut(range, edge - 1, frameCount) })}
      />
    </>
  );
}

interface HandleProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly axis: Axis;
  /** The edge between frames it stands at; frame f lies from edge f to f + 1. */
  readonly edge: number;
  readonly frame: number;
  readonly frameCount: number;
  readonly move: (edge: number) => void;
}

function Handle({ label, className, axis, edge, frame, frameCount, move }: HandleProps) {
  const grabbed = useRef(0);
  const x = frameLeft(axis, edge);
  if (x < -0.5 || x > axis.width + 0.5) return null;

  const step = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(edge + by);
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={frameCount - 1}
      aria-valuenow={frame}
      aria-valuetext={`frame ${frame}`}
      title={`${label}: frame ${frame}`}
      className={`${classes.handle} ${className}`}
      style={{ left: x }}
      onKeyDown={step}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        grabbed.current = event.clientX - x;
        beginGesture();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        event.stopPropagation();
        const part = (event.clientX - grabbed.current) / Math.max(1, axis.width);
        const target = Math.round(axis.span[0] + part * visibleFrames(axis.span));
        if (target !== edge) move(target);
      }}
      onLostPointerCapture={endGesture}
    />
  );
}
