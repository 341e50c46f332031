import { useElementSize } from '@mantine/hooks';
import { type CSSProperties, useMemo, useRef } from 'react';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { useActivity } from '../state/activity.ts';
import type { BadSpan, Comparison } from '../state/selectors.ts';
import { type Axis, wholeSpan } from './axis.ts';
import { CurveControls, Curves } from './Curves.tsx';
import type { RangeLook } from './draw-range.ts';
import { HeatControls, HeatMap } from './HeatMap.tsx';
import { HoverLabelContext, hoverLabelOn } from './hover-label.ts';
import { NoQuality } from './NoQuality.tsx';
import { Overview } from './Overview.tsx';
import { Playhead } from './Playhead.tsx';
import { PqeStrip } from './PqeStrip.tsx';
import { Ruler } from './Ruler.tsx';
import { trackHeights } from './row-heights.ts';
import { SpanMarkers } from './SpanMarkers.tsx';
import { TrackSection } from './TrackSection.tsx';
import classes from './Tracks.module.css';
import { setTimelineLayout, useTimelineLayout } from './timeline-layout.ts';
import { useTimelineNavigation } from './use-timeline-navigation.ts';

/** Width left of the tracks for names and value axes, px at a scale of 1. */
const GUTTER_PX = 104;
/** Height of a section's head with its line. */
const SECTION_HEAD_PX = 27;
/** The handle below the curves, and the lines between the tracks. */
const BELOW_CURVES_PX = 8;

interface TracksProps {
  readonly comparison: Comparison;
  readonly spans: readonly BadSpan[];
  readonly scale: number;
}

/** All tracks over one axis, with the playhead through them. */
export function Tracks({ comparison, spans, scale }: TracksProps) {
  const { active } = comparison;
  const { info } = active.clip;
  // Errors are measured in metres, which 2D keypoints are not.
  const quality = info.dimensions === 3 ? comparison.quality : undefined;
  const { isHeatMapOpen, areCurvesOpen, curvesHeight } = useTimelineLayout();
  const timelineSpan = useActivity((state) => state.timelineSpan);
  const content = useElementSize();
  const scroller = useElementSize();
  const head = useElementSize();
  const gutter = Math.round(GUTTER_PX * scale);
  const width = Math.max(0, Math.floor(content.width) - gutter);

  const axis = useMemo<Axis>(() => {
    const fits = timelineSpan !== null && timelineSpan[1] <= info.frameCount - 1 + 1e-6;
    return { span: fits ? timelineSpan : wholeSpan(info.frameCount), width };
  }, [timelineSpan, info.frameCount, width]);
  const heads = (quality === undefined ? 1 : 2) * SECTION_HEAD_PX * scale;
  const heights = trackHeights(
    scroller.height - head.height - heads - BELOW_CURVES_PX,
    quality !== undefined && isHeatMapOpen ? BODY17_COUNT : 0,
    areCurvesOpen ? curvesHeight * scale : 0,
    scale,
  );
  const { range, featherFrames } = active.edits;
  const look = useMemo<RangeLook>(
    () => ({ range, featherFrames, leadFrames: info.leadFrames, frameCount: info.frameCount }),
    [range, featherFrames, info],
  );

  const outer = useRef<HTMLDivElement>(null);
  useTimelineNavigation(outer, { axis, frameCount: info.frameCount, gutter, spans, range });
  const label = useRef<HTMLDivElement>(null);
  const hover = useMemo(() => hoverLabelOn(label), []);

  return (
    <HoverLabelContext value={hover}>
      <div ref={outer} className={classes.outer} style={{ '--gutter': `${gutter}px` } as CSSProperties}>
        <div ref={scroller.ref} className={classes.scroller}>
          <div ref={content.ref} className={classes.content}>
            <div ref={head.ref} className={classes.sticky}>
              <Overview axis={axis} frameCount={info.frameCount} />
              <Ruler axis={axis} look={look} frameTime={info.frameTime} scale={scale} />
              {quality === undefined ? (
                <NoQuality comparison={comparison} />
              ) : (
                <>
                  <PqeStrip axis={axis} look={look} quality={quality} scale={scale} />
                  <SpanMarkers axis={axis} spans={spans} frameCount={info.frameCount} scale={scale} />
                </>
              )}
              <Playhead axis={axis} hasHead />
            </div>
            {quality !== undefined && (
              <TrackSection
                title="Joints"
                testId="heat-map"
                isOpen={isHeatMapOpen}
                onToggle={(isOpen) => setTimelineLayout({ isHeatMapOpen: isOpen })}
                controls={<HeatControls isCorrection={quality.expectedErrorMm.length === 0} />}
              >
                <HeatMap
                  axis={axis}
                  quality={quality}
                  derived={info.derived}
                  rowHeight={heights.row}
                  scale={scale}
                />
              </TrackSection>
            )}
            <TrackSection
              title="Curves"
              testId="curves"
              isOpen={areCurvesOpen}
              onToggle={(isOpen) => setTimelineLayout({ areCurvesOpen: isOpen })}
              controls={info.dimensions === 3 && <CurveControls comparison={comparison} />}
            >
              <Curves
                axis={axis}
                comparison={comparison}
                gutter={gutter}
                height={heights.curves}
                scale={scale}
              />
            </TrackSection>
          </div>
        </div>
        <Playhead axis={axis} hasHead={false} />
        <div ref={label} className={classes.hover} aria-hidden="true" />
      </div>
    </HoverLabelContext>
  );
}
