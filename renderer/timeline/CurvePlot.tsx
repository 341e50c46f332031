import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Axis } from './axis.ts';
import { curvePoints, roundPeak } from './curve-points.ts';
import type { CurveSet } from './curve-set.ts';
import { type TrackColors, useTrackColors } from './track-colors.ts';
import { valueLabels } from './value-labels.ts';
import type { ValuePyramid } from './value-pyramid.ts';

interface CurvePlotProps {
  readonly axis: Axis;
  readonly curves: CurveSet;
  /** A dashed line across, in the curves' unit; null for none. */
  readonly mark: number | null;
  readonly height: number;
  readonly gutter: number;
  readonly scale: number;
}

/** What the plot's own callbacks read when it draws. */
interface Shown {
  readonly span: Axis['span'];
  readonly top: number;
  readonly mark: number | null;
}

/** The curves over the frames on show, the value axis in the gutter so that frames line up with the other tracks. */
export function CurvePlot({ axis, curves, mark, height, gutter, scale }: CurvePlotProps) {
  const colors = useTrackColors();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef<Shown>({ span: axis.span, top: 1, mark });

  useEffect(() => {
    if (host.current === null) return;
    const made = new uPlot(plotOptions(colors, gutter, scale, shown), [[], [], []], host.current);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [colors, gutter, scale]);

  // After the effect above, also when that one has made a new plot.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot is empty until it gets its data
  useEffect(() => {
    const { before, after } = curves;
    const tracks = [before, after].filter((track): track is ValuePyramid => track !== null);
    const { x, y, peak } = curvePoints(tracks, axis.span, Math.max(1, Math.round(axis.width)));
    const empty = x.map(() => null);
    shown.current = { span: axis.span, top: roundPeak(peak), mark };
    plot.current?.setSize({ width: axis.width + gutter, height });
    const drawnBefore = before === null ? empty : y[0];
    const drawnAfter = after === null ? empty : y[tracks.length - 1];
    plot.current?.setData([[...x], [...drawnBefore], [...drawnAfter]]);
  }, [curves, axis, mark, height, gutter, colors, scale]);

  return <div ref={host} style={{ height }} />;
}

function plotOptions(
  colors: TrackColors,
  gutter: number,
  scale: number,
  shown: { readonly current: Shown },
): uPlot.Options {
  return {
    width: gutter + 10,
    height: 50,
    padding: [8, 0, 6, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // uPlot counts middles of frames, the axis their edges.
      x: { time: false, range: () => [shown.current.span[0] - 0.5, shown.current.span[1] + 0.5] },
      y: { range: () => [0, shown.current.top] },
    },
    axes: [
      { show: false },
      {
        size: gutter,
        gap: 4,
        stroke: colors.dim,
        font: `${11 * scale}px ${colors.fontFamily}`,
        grid: { stroke: colors.line, width: 1 },
        ticks: { show: false },
        space: 26 * scale,
        values: (_, splits) => valueLabels(splits),
      },
    ],
    series: [
      {},
      { stroke: colors.input, width: 1.25, points: { show: hasOnePoint } },
      { stroke: colors.refined, width: 1.5, points: { show: hasOnePoint } },
    ],
    hooks: { draw: [(plot) => drawMark(plot, shown.current, colors)] },
  };
}

/** A clip of one frame has no line to draw. */
function hasOnePoint(plot: uPlot): boolean {
  return plot.data[0].length === 1;
}

function drawMark(plot: uPlot, { mark, top }: Shown, colors: TrackColors): void {
  if (mark === null || mark > top) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(mark, 'y', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = colors.bad;
  ctx.lineWidth = window.devicePixelRatio;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
