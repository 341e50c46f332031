import { memo, useDeferredValue, useEffect } from 'react';
import { setActivity, useActivity } from '../state/activity.ts';
import { useBadSpans, useComparison } from '../state/selectors.ts';
import { useView } from '../state/view.ts';
import { SpanList } from './SpanList.tsx';
import classes from './TimelinePanel.module.css';
import { Tracks } from './Tracks.tsx';
import { TransportBar } from './TransportBar.tsx';

const SteadyTracks = memo(Tracks);
const SteadySpanList = memo(SpanList);

/** The clip shown, over time. */
export function TimelinePanel() {
  const comparison = useComparison();
  const spans = useBadSpans();
  const scale = useView((view) => view.uiScale);
  // A new take is a lot to draw: done in pieces, so that the window answers meanwhile.
  const drawn = useDeferredValue(comparison);
  const drawnSpans = useDeferredValue(spans);
  const isOpening = useActivity((state) => state.opening.length > 0);
  const clip = comparison?.active.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip is shown whole
  useEffect(() => setActivity({ timelineSpan: null }), [clip]);
  return (
    <div className={classes.panel} data-testid="timeline">
      <TransportBar active={comparison?.active ?? null} hasSpans={spans.length > 0} />
      <div className={classes.body}>
        {drawn === null ? (
          <p className={classes.empty}>
            {isOpening ? 'Opening the clip…' : 'Open a clip to see its frames over time.'}
          </p>
        ) : (
          <>
            <SteadyTracks comparison={drawn} spans={drawnSpans} scale={scale} />
            <SteadySpanList comparison={drawn} spans={drawnSpans} scale={scale} />
          </>
        )}
      </div>
    </div>
  );
}
