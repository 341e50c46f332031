import { useEffect, useRef } from 'react';
import { playback } from '../../state/playback.ts';

/** A line of text about the frame shown, written outside React. `describe` says it; '' hides the line. */
export function FrameReadout({
  describe,
  className,
}: {
  readonly describe: (frame: number) => string;
  readonly className: string | undefined;
}) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    let shown = '';
    const write = (frame: number) => {
      const text = describe(frame);
      if (line.current === null || text === shown) return;
      shown = text;
      line.current.textContent = text;
    };
    if (line.current !== null) line.current.textContent = '';
    write(playback.frame);
    return playback.onFrame(write);
  }, [describe]);
  return <p ref={line} className={className} />;
}
