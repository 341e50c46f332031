import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';

/** Draws in CSS px; `ratio` is device px per CSS px, for whoever fills pixels by hand. */
export type DrawTrack = (
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  ratio: number,
) => void;

/**
 * A canvas that is drawn when `draw` is another function or its size changes, and at no other time. Give `draw` through
 * useCallback over all it reads.
 */
export function useTrackCanvas(
  draw: DrawTrack,
  width: number,
  height: number,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = useDevicePixelRatio();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context === null || context === undefined) return;
    // Setting the size clears the canvas, the same size too.
    canvas.current.width = Math.max(1, Math.round(width * ratio));
    canvas.current.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, width, height, ratio);
  }, [draw, width, height, ratio]);
  return canvas;
}

/** Changes when the window moves to another screen or the page is zoomed. */
function useDevicePixelRatio(): number {
  return useSyncExternalStore(subscribeToRatio, () => window.devicePixelRatio);
}

function subscribeToRatio(listener: () => void): () => void {
  let query: MediaQueryList;
  const follow = (): void => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', changed);
  };
  const changed = (): void => {
    query.removeEventListener('change', changed);
    follow();
    listener();
  };
  follow();
  return () => query.removeEventListener('change', changed);
}
