import { useCallback } from 'react';
import type { TakeQuality } from '../../contract/takes.ts';
import { VIRIDIS_GRADIENT } from '../../motion/quality/viridis.ts';
import { type Axis, frameAt } from './axis.ts';
import { dimOutsideRange, type RangeLook } from './draw-range.ts';
import { drawRows } from './draw-rows.ts';
import { PQE_SCALE } from './heat-scales.ts';
import { useHoverLabel } from './hover-label.ts';
import classes from './Tracks.module.css';
import { useTrackColors } from './track-colors.ts';
import { pqeTrack } from './track-data.ts';
import { useScrub } from './use-scrub.ts';
import { type DrawTrack, useTrackCanvas } from './use-track-canvas.ts';

const HEIGHT_PX = 18;

interface PqeStripProps {
  readonly axis: Axis;
  readonly look: RangeLook;
  readonly quality: TakeQuality;
  readonly scale: number;
}

/** PQE of every frame; a pixel shows the worst frame under it. */
export function PqeStrip({ axis, look, quality, scale }: PqeStripProps) {
  const colors = useTrackColors();
  const hover = useHoverLabel();
  const scrub = useScrub(axis);
  const draw = useCallback<DrawTrack>(
    (context, width, height, ratio) => {
      drawRows(context, [pqeTrack(quality)], axis.span, PQE_SCALE, width, height, ratio);
      dimOutsideRange(context, axis, height, look, colors);
    },
    [quality, axis, look, colors],
  );
  const height = HEIGHT_PX * scale;
  const canvas = useTrackCanvas(draw, axis.width, height);
  return (
    <div className={classes.row} data-testid="pqe-strip">
      <div className={`${classes.gutter} ${classes.stripGutter}`}>
        <span title="Pose quality encoding, 0 to 1; 1 is good">PQE</span>
        <span>0</span>
        <span className={classes.legendBar} style={{ background: VIRIDIS_GRADIENT }} />
        <span>1</span>
      </div>
      <div
        role="img"
        aria-label={`PQE of every frame, on average ${meanOf(quality.pqe).toFixed(2)}`}
        className={`${classes.plot} ${classes.strip}`}
        style={{ width: axis.width, height }}
        {...scrub}
        onPointerMove={(event) => {
          scrub.onPointerMove(event);
          const frame = frameAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
          hover.show(event, `frame ${frame} · PQE ${quality.pqe[frame]?.toFixed(2)}`);
        }}
        onPointerLeave={hover.hide}
      >
        <canvas ref={canvas} />
      </div>
    </div>
  );
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
