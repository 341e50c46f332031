import { type RefObject, useLayoutEffect, useRef } from 'react';
import { playback } from '../state/playback.ts';

/** Writes every frame into an element without rendering; `write` also runs when the component has rendered. */
export function usePlayhead<E extends Element>(
  write: (element: E, frame: number) => void,
): RefObject<E | null> {
  const element = useRef<E>(null);
  const latest = useRef(write);
  latest.current = write;
  useLayoutEffect(() => {
    if (element.current !== null) latest.current(element.current, playback.frame);
  });
  useLayoutEffect(
    () =>
      playback.onFrame((frame) => {
        if (element.current !== null) latest.current(element.current, frame);
      }),
    [],
  );
  return element;
}
