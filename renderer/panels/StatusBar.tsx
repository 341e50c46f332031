import { type RefObject, useEffect, useRef } from 'react';
import { useActivity } from '../state/activity.ts';
import { playback } from '../state/playback.ts';
import { useActiveClip, useComparison } from '../state/selectors.ts';
import { clockText } from '../timeline/time-text.ts';
import { LiveRegion } from './LiveRegion.tsx';
import { useKeyText } from './parts/key-text.ts';
import { counted, grouped } from './parts/number-text.ts';
import classes from './StatusBar.module.css';
import { ENGINE_WORDS } from './status/engine-text.ts';
import { hintText } from './status/hint-text.ts';

/** The line at the bottom: engine, library, take shown, what to do next, playhead. */
export function StatusBar() {
  const engine = useActivity((state) => state.engine);
  const library = useActivity((state) => state.engineInfo?.library ?? null);
  const hasJobs = useActivity((state) => state.jobs.length > 0);
  const active = useActiveClip();
  const take = useComparison()?.take ?? null;
  const hint = hintText({
    hasClip: active !== null,
    hasTake: take !== null,
    hasJobs,
    peekKey: useKeyText('peek'),
  });
  return (
    <footer className={classes.bar}>
      <span className={classes.item}>
        <span className={classes.dot} data-engine={engine} />
        {ENGINE_WORDS[engine]}
      </span>
      {library !== null && (
        <span className={classes.item}>
          {grouped(library.entries)} {library.entries === 1 ? 'reference' : 'references'}
        </span>
      )}
      {take !== null && (
        <span className={classes.item}>
          {take.report.model} {take.report.modelVersion} on {take.report.device}
        </span>
      )}
      <span className={classes.hint}>{hint}</span>
      {active !== null && <Playhead frameCount={active.clip.info.frameCount} />}
      <LiveRegion />
    </footer>
  );
}

function Playhead({ frameCount }: { readonly frameCount: number }) {
  const frame = useRef<HTMLSpanElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  usePlayheadText(frame, time);
  return (
    <span className={classes.playhead}>
      <span ref={frame} className={classes.frame} /> of {counted(frameCount, 'frame')}{' '}
      <span ref={time} className={classes.time} />
    </span>
  );
}

/** Writes the playhead into text nodes of its own; playing renders nothing. */
function usePlayheadText(frame: RefObject<HTMLElement | null>, time: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const write = (): void => {
      if (frame.current !== null) frame.current.textContent = String(playback.frame);
      if (time.current !== null) time.current.textContent = clockText(playback.frame, playback.frameTime);
    };
    write();
    const stops = [playback.onFrame(write), playback.onState(write)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [frame, time]);
}
