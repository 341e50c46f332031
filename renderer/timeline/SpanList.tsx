import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { selectSpan } from '../actions/bad-frames.ts';
import { playback } from '../state/playback.ts';
import { type BadSpan, type Comparison, worstFirst } from '../state/selectors.ts';
import { spanAround } from './axis.ts';
import { markedFrames, spanIndexAt, worstJointAt } from './find-span.ts';
import { JOINT_TITLES } from './joint-title.ts';
import classes from './SpanList.module.css';
import { ThresholdSliders } from './ThresholdSliders.tsx';
import { showSpan } from './use-timeline-navigation.ts';

const ROW_PX = 22;

interface SpanListProps {
  readonly comparison: Comparison;
  /** In time order. */
  readonly spans: readonly BadSpan[];
  readonly scale: number;
}

/** Stretches of bad frames, worst first; a click or Enter goes to the worst frame, a double click zooms. */
export function SpanList({ comparison, spans, scale }: SpanListProps) {
  const { active, quality, take } = comparison;
  const { frameCount, frameTime } = active.clip.info;
  const isCorrection = quality !== undefined && quality.expectedErrorMm.length === 0;
  const sorted = useMemo(() => worstFirst(spans), [spans]);
  const current = useSpanAtPlayhead(spans);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX * scale,
    overscan: 6,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are remembered until they are measured again
  useEffect(() => rows.measure(), [scale]);

  const go = (index: number): void => {
    const span = sorted[Math.min(sorted.length - 1, Math.max(0, index))];
    if (span === undefined) return;
    selectSpan(span);
    rows.scrollToIndex(sorted.indexOf(span));
    // The row may have to be made first.
    requestAnimationFrame(() => focusRow(scroller.current, sorted.indexOf(span)));
  };
  const moveByKey = (event: KeyboardEvent): void => {
    const at = current === null ? -1 : sorted.indexOf(current);
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: sorted.length - 1,
      Enter: Math.max(0, at),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(target);
  };

  if (take === null) {
    return (
      <div className={classes.list} data-testid="span-list">
        <h3 className={classes.title}>Bad spans</h3>
        <p className={classes.note}>None yet. Refine finds the frames that need a look.</p>
      </div>
    );
  }
  if (active.clip.info.dimensions === 2) {
    return (
      <div className={classes.list} data-testid="span-list">
        <h3 className={classes.title}>Bad spans</h3>
        <p className={classes.note}>None: a 2D clip has no error in millimetres to mark frames by.</p>
      </div>
    );
  }
  const marked = markedFrames(spans);
  return (
    <div className={classes.list} data-testid="span-list">
      <h3 className={classes.title}>
        {spans.length === 1 ? '1 bad span' : `${spans.length} bad spans`}
        <span
          className={classes.count}
          title="Spans less than 0.1 s apart count as one, with the frames between"
        >
          {marked === 1 ? '1 frame' : `${marked} frames`},{' '}
          {((100 * marked) / Math.max(1, frameCount)).toFixed(1)} %
        </span>
      </h3>
      <ThresholdSliders threshold={active.edits.threshold} isCorrection={isCorrection} />
      {quality === undefined && <p className={classes.note}>Loading the take…</p>}
      {quality !== undefined && spans.length === 0 && (
        <p className={classes.note}>No frame is that bad. Lower the threshold to mark more.</p>
      )}
      {quality !== undefined && spans.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: rows are virtual, which a <table> cannot lay out
        <div
          ref={scroller}
          className={classes.scroller}
          role="grid"
          aria-label="Bad spans, worst first"
          aria-rowcount={sorted.length + 1}
          onKeyDown={moveByKey}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
          <div role="row" aria-rowindex={1} className={`${classes.row} ${classes.head}`}>
            {['Frames', 'Worst at', isCorrection ? 'Moved' : 'Peak', 'Worst joint'].map((name) => (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <span key={name} role="columnheader">
                {name}
              </span>
            ))}
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div role="rowgroup" className={classes.rows} style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start, size }) => {
              const span = sorted[index];
              const joint = worstJointAt(quality.jointErrorMm, BODY17_COUNT, span.worst);
              return (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
                <div
                  key={span.start}
                  role="row"
                  aria-rowindex={index + 2}
                  tabIndex={span === (current ?? sorted[0]) ? 0 : -1}
                  aria-selected={span === current}
                  data-testid={`span-row-${index}`}
                  className={classes.row}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  onClick={() => selectSpan(span)}
                  onDoubleClick={() => showSpan(spanAround(span.start, span.end, frameCount), frameCount)}
                >
                  <Cell text={span.start === span.end ? `${span.start}` : `${span.start}–${span.end}`} />
                  <Cell text={`${(span.worst * frameTime).toFixed(2)} s`} />
                  <Cell text={`${span.peakMm.toFixed(0)} mm`} />
                  <Cell text={JOINT_TITLES[joint]} />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}

/** One row at a time takes the focus: the current span's, or the worst's. */
function focusRow(list: HTMLElement | null, index: number): void {
  list?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus();
}

function Cell({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are virtual, which a <table> cannot lay out
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <span role="gridcell">{text}</span>
  );
}

/** The span the playhead is in; another only when it enters or leaves one, however many frames pass. */
function useSpanAtPlayhead(spans: readonly BadSpan[]): BadSpan | null {
  return useSyncExternalStore(
    (listener) => playback.onFrame(listener),
    () => spans[spanIndexAt(spans, playback.frame)] ?? null,
  );
}
