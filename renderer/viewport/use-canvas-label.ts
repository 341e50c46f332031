import { type RefObject, useEffect } from 'react';
import { playback } from '../state/playback.ts';
import { type Comparison, versionTitle } from '../state/selectors.ts';

/** Milliseconds the playhead rests before its frame is said. */
const REST = 250;

/** What the canvas shows, in words on the element that holds it: brought up to date when the playhead rests. */
export function useCanvasLabel(canvas: RefObject<HTMLElement | null>, comparison: Comparison | null): void {
  useEffect(() => {
    if (comparison === null) return;
    let timer = 0;
    const write = () => {
      canvas.current?.setAttribute('aria-label', canvasLabel(comparison, playback.frame));
    };
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (!playback.isPlaying) write();
      }, REST);
    };
    write();
    const stopFrames = playback.onFrame(later);
    const stopState = playback.onState(later);
    return () => {
      window.clearTimeout(timer);
      stopFrames();
      stopState();
    };
  }, [canvas, comparison]);
}

function canvasLabel({ active, a, b }: Comparison, frame: number): string {
  const { info } = active.clip;
  const versions = [a, ...(b === null ? [] : [b])].map((version) => versionTitle(active.edits, version));
  return `${info.name}: ${versions.join(' and ')}, frame ${frame} of 0 to ${info.frameCount - 1}`;
}
