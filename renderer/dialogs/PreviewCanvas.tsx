import { useEffect, useRef } from 'react';
import { drawPreview, type PreviewColors } from './draw-preview.ts';
import classes from './PreviewCanvas.module.css';
import type { PreviewFrames } from './preview-frames.ts';
import type { PreviewStage } from './preview-stage.ts';

export interface PreviewCanvasProps {
  /** Null while there is nothing to draw yet. */
  readonly frames: PreviewFrames | null;
  readonly stage: PreviewStage;
  readonly isLarge: boolean;
  readonly is3d: boolean;
  /** What it shows, for screen readers; absent where the words stand beside it. */
  readonly label?: string;
}

/** A picture of the moving body. React renders it when the clip changes; the stage draws it. */
export function PreviewCanvas({ frames, stage, isLarge, is3d, label }: PreviewCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const dragFrom = useRef<number | null>(null);

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    return stage.onDraw(() => {
      const { clientWidth: width, clientHeight: height } = canvas;
      fitToScreen(canvas, context, width, height);
      context.clearRect(0, 0, width, height);
      if (frames === null || frames.frameCount === 0) return;
      const frame = Math.floor(stage.seconds / frames.frameTime) % frames.frameCount;
      drawPreview(context, frames, frame, {
        width,
        height,
        yaw: stage.yaw,
        colors: colorsOf(canvas),
        isLarge,
        is3d,
        fontPixels: Number.parseFloat(getComputedStyle(canvas).fontSize),
      });
    });
  }, [frames, stage, isLarge, is3d]);

  const canTurn = isLarge && is3d;
  return (
    <canvas
      ref={canvasRef}
      className={classes.canvas}
      data-turns={canTurn || undefined}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      onPointerDown={(event) => {
        if (!canTurn) return;
        dragFrom.current = event.clientX;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (dragFrom.current === null) return;
        stage.drag(event.clientX - dragFrom.current);
        dragFrom.current = event.clientX;
      }}
      onPointerUp={() => {
        dragFrom.current = null;
      }}
      onPointerCancel={() => {
        dragFrom.current = null;
      }}
    />
  );
}

/** Gives the canvas as many pixels as the screen has where it stands. */
function fitToScreen(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  const density = window.devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width === pixelWidth && canvas.height === pixelHeight) return;
  canvas.width = pixelWidth;
  canvas.height = pixelHeight;
  context.setTransform(density, 0, 0, density, 0, 0);
}

function colorsOf(canvas: HTMLCanvasElement): PreviewColors {
  const style = getComputedStyle(canvas);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    left: color('--pm-refined'),
    right: color('--pm-input'),
    middle: color('--pm-text'),
    grid: color('--pm-grid'),
    text: color('--pm-dim'),
  };
}
