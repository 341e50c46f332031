import { SegmentedControl } from '@mantine/core';
import { type PointerEvent, useCallback } from 'react';
import type { TakeQuality } from '../../contract/takes.ts';
import { VIRIDIS_GRADIENT } from '../../motion/quality/viridis.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { setActivity, useActivity } from '../state/activity.ts';
import { type HeatMetric, setView, useView } from '../state/view.ts';
import { type Axis, frameAt } from './axis.ts';
import { drawHatching, drawRowGaps, drawRows } from './draw-rows.ts';
import { ERROR_SCALE, HEAT_ERROR_MM, PQE_SCALE } from './heat-scales.ts';
import { useHoverLabel } from './hover-label.ts';
import { JointNames } from './JointNames.tsx';
import { JOINT_TITLES } from './joint-title.ts';
import { areRowsCompact } from './row-heights.ts';
import classes from './TrackSection.module.css';
import trackClasses from './Tracks.module.css';
import { useTrackColors } from './track-colors.ts';
import { heatRows } from './track-data.ts';
import { useScrub } from './use-scrub.ts';
import { type DrawTrack, useTrackCanvas } from './use-track-canvas.ts';

interface HeatMapProps {
  readonly axis: Axis;
  readonly quality: TakeQuality;
  /** Which joints the file does not have itself. */
  readonly derived: readonly boolean[];
  /** CSS px. */
  readonly rowHeight: number;
  readonly scale: number;
}

/** Quality or error, joint by frame. A press chooses frame and joint, dragging scrubs. */
export function HeatMap({ axis, quality, derived, rowHeight, scale }: HeatMapProps) {
  const metric = useView((view) => view.heatMetric);
  const selected = useActivity((state) => state.selectedJoint);
  const colors = useTrackColors();
  const hover = useHoverLabel();
  const height = rowHeight * BODY17_COUNT;

  const draw = useCallback<DrawTrack>(
    (context, width, drawnHeight, ratio) => {
      const look = metric === 'pqe' ? PQE_SCALE : ERROR_SCALE;
      drawRows(context, heatRows(quality, metric), axis.span, look, width, drawnHeight, ratio);
      drawHatching(context, derived, width, rowHeight, colors.panel);
      drawRowGaps(context, BODY17_COUNT, width, rowHeight, colors.panel);
    },
    [axis, quality, metric, derived, rowHeight, colors],
  );
  const canvas = useTrackCanvas(draw, axis.width, height);

  const jointUnder = (event: PointerEvent<HTMLElement>): number => {
    const row = Math.floor((event.clientY - event.currentTarget.getBoundingClientRect().top) / rowHeight);
    return Math.min(BODY17_COUNT - 1, Math.max(0, row));
  };
  const scrub = useScrub(axis, (event) => setActivity({ selectedJoint: jointUnder(event) }));

  return (
    <div className={trackClasses.row}>
      <JointNames derived={derived} rowHeight={rowHeight} isCompact={areRowsCompact(rowHeight, scale)} />
      <div
        role="img"
        aria-label={`${metric === 'pqe' ? 'PQE' : 'Error'} of every joint in every frame; the list of bad spans tells the worst`}
        className={`${trackClasses.plot} ${classes.heat}`}
        style={{ width: axis.width, height }}
        {...scrub}
        onPointerMove={(event) => {
          scrub.onPointerMove(event);
          const joint = jointUnder(event);
          const frame = frameAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
          hover.show(event, cellText(quality, metric, frame, joint, derived[joint] === true));
        }}
        onPointerLeave={hover.hide}
      >
        <canvas ref={canvas} />
        {selected !== null && (
          <div className={classes.selectedRow} style={{ top: selected * rowHeight, height: rowHeight - 1 }} />
        )}
      </div>
    </div>
  );
}

/** The metric and what its colours mean. */
export function HeatControls({ isCorrection }: { readonly isCorrection: boolean }) {
  const metric = useView((view) => view.heatMetric);
  return (
    <>
      <SegmentedControl
        size="xs"
        classNames={{ root: classes.segments ?? '', label: classes.segment ?? '' }}
        aria-label="What the heat map shows"
        value={metric}
        onChange={(value) => setView({ heatMetric: value as HeatMetric })}
        data={[
          { value: 'pqe', label: 'PQE' },
          { value: 'error', label: isCorrection ? 'Correction' : 'Expected error' },
        ]}
      />
      <span className={classes.legend}>
        {metric === 'pqe' ? '0 (bad)' : '0 mm'}
        <span
          className={`${classes.legendBar} ${metric === 'pqe' ? '' : classes.reversed}`}
          style={{ background: VIRIDIS_GRADIENT }}
        />
        {metric === 'pqe' ? '1 (good)' : `${HEAT_ERROR_MM} mm and more`}
      </span>
    </>
  );
}

function cellText(
  quality: TakeQuality,
  metric: HeatMetric,
  frame: number,
  joint: number,
  isDerived: boolean,
): string {
  const at = frame * BODY17_COUNT + joint;
  const value =
    metric === 'pqe'
      ? `PQE ${quality.pqeJoints[at]?.toFixed(2)}`
      : `${quality.jointErrorMm[at]?.toFixed(0)} mm`;
  return `frame ${frame} · ${JOINT_TITLES[joint]}${isDerived ? ' (derived)' : ''} · ${value}`;
}
