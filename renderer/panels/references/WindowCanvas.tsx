import { useComputedColorScheme } from '@mantine/core';
import { type PointerEvent, useEffect, useRef } from 'react';
import { drawWindow } from './draw-window.ts';
import { viewTurn } from './view-turn.ts';
import classes from './WindowCanvas.module.css';
import { loopMoment, windowFrameCount } from './window-view.ts';

interface Props {
  /** Metres, Y up, [frame][17][xyz]. */
  readonly poses: Float32Array;
  readonly isLooping: boolean;
}

/** A small view of a window. A drag turns it; it draws only while it loops or something changed. */
export function WindowCanvas({ poses, isLooping }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = (moment: number | null): void => drawInto(element, poses, moment);
    const drawStill = (): void => draw(null);
    const size = new ResizeObserver(drawStill);
    size.observe(element);
    if (!isLooping) {
      drawStill();
      const stop = viewTurn.onTurn(drawStill);
      return () => {
        size.disconnect();
        stop();
      };
    }
    const start = performance.now();
    let request = 0;
    const tick = (now: number): void => {
      draw(loopMoment(Math.max(0, now - start) / 1000, windowFrameCount(poses)));
      request = requestAnimationFrame(tick);
    };
    request = requestAnimationFrame(tick);
    return () => {
      size.disconnect();
      cancelAnimationFrame(request);
    };
  }, [poses, isLooping, scheme]);
  return <canvas ref={canvas} className={classes.canvas} {...useTurning()} />;
}

/** Drags turn the views; a drag is no click on what holds the canvas. */
function useTurning() {
  const lastX = useRef<number | null>(null);
  const travelled = useRef(0);
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      lastX.current = event.clientX;
      travelled.current = 0;
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      if (lastX.current === null) return;
      const pixels = event.clientX - lastX.current;
      lastX.current = event.clientX;
      travelled.current += Math.abs(pixels);
      if (travelled.current >= CLICK_PIXELS) viewTurn.drag(pixels);
    },
    onPointerUp: () => {
      lastX.current = null;
    },
    onPointerCancel: () => {
      lastX.current = null;
    },
    onClickCapture: (event: React.MouseEvent) => {
      if (travelled.current >= CLICK_PIXELS) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
  };
}

/** A hand that clicks moves a little. */
const CLICK_PIXELS = 4;

function drawInto(canvas: HTMLCanvasElement, poses: Float32Array, moment: number | null): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const ratio = window.devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const style = getComputedStyle(canvas);
  const colors = {
    bone: style.getPropertyValue('--pm-reference'),
    dim: style.getPropertyValue('--pm-dim'),
  };
  drawWindow(context, poses, { width, height, turn: viewTurn.turn, moment, colors });
}
