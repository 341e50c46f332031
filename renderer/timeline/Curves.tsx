import { SegmentedControl } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useActivity } from '../state/activity.ts';
import { type Comparison, versionTitle } from '../state/selectors.ts';
import { type CurveName, setView, useView } from '../state/view.ts';
import { type Axis, frameAt } from './axis.ts';
import { CurvePlot } from './CurvePlot.tsx';
import { CURVE_UNITS, type CurveSet, curveSet, shownCurve } from './curve-set.ts';
import { useHoverLabel } from './hover-label.ts';
import { JOINT_TITLES } from './joint-title.ts';
import classes from './TrackSection.module.css';
import trackClasses from './Tracks.module.css';
import { CURVES_HEIGHT, setTimelineLayout } from './timeline-layout.ts';
import { useScrub } from './use-scrub.ts';

interface CurvesProps {
  readonly axis: Axis;
  readonly comparison: Comparison;
  readonly gutter: number;
  /** CSS px. */
  readonly height: number;
  readonly scale: number;
}

/** Error, speed or acceleration of the joint chosen, or of all, before and after. */
export function Curves({ axis, comparison, gutter, height, scale }: CurvesProps) {
  const curve = shownCurve(
    useView((view) => view.curve),
    comparison,
  );
  const joint = useActivity((state) => state.selectedJoint);
  const hover = useHoverLabel();
  const scrub = useScrub(axis);
  const curves = useMemo(() => curveSet(comparison, curve, joint), [comparison, curve, joint]);
  const mark = curve === 'error' ? comparison.active.edits.threshold.floorMm : null;

  if (curves.note !== null) return <div className={trackClasses.note}>{curves.note}</div>;
  return (
    <>
      <div className={classes.body}>
        <CurvePlot axis={axis} curves={curves} mark={mark} height={height} gutter={gutter} scale={scale} />
        <div
          role="img"
          aria-label={`Curve of ${quantityOf(comparison, curve)}, ${jointText(joint)}, ${curves.unit}`}
          className={classes.plotArea}
          style={{ width: axis.width }}
          {...scrub}
          onPointerMove={(event) => {
            scrub.onPointerMove(event);
            const frame = frameAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
            hover.show(event, valuesText(curves, frame));
          }}
          onPointerLeave={hover.hide}
        />
      </div>
      <HeightHandle height={Math.round(height / scale)} scale={scale} />
    </>
  );
}

/** The quantity, whose it is and which colour is which version. */
export function CurveControls({ comparison }: { readonly comparison: Comparison }) {
  const curve = shownCurve(
    useView((view) => view.curve),
    comparison,
  );
  const joint = useActivity((state) => state.selectedJoint);
  const { active, a, b, take, quality } = comparison;
  const isCorrection = quality !== undefined && quality.expectedErrorMm.length === 0;
  const names =
    curve === 'error'
      ? [
          isCorrection ? 'Input to take' : 'Input',
          joint === null && !isCorrection && take !== null
            ? `Left in ${versionTitle(active.edits, take.id)}`
            : null,
        ]
      : [versionTitle(active.edits, a), b === null ? null : versionTitle(active.edits, b)];
  return (
    <>
      <SegmentedControl
        size="xs"
        classNames={{ root: classes.segments ?? '', label: classes.segment ?? '' }}
        aria-label="What the curves show"
        value={curve}
        onChange={(value) => setView({ curve: value as CurveName })}
        data={[
          {
            value: 'error',
            label: isCorrection ? 'Correction' : 'Expected error',
            disabled: comparison.take === null || active.clip.info.dimensions === 2,
          },
          { value: 'speed', label: 'Speed' },
          { value: 'acceleration', label: 'Acceleration' },
        ]}
      />
      <span className={classes.legend}>
        {CURVE_UNITS[curve]}, {jointText(joint)}
      </span>
      {(curve !== 'error' || quality !== undefined) && (
        <span className={classes.legend}>
          <span className={classes.swatch} style={{ color: 'var(--pm-input)' }} />
          {names[0]}
          {names[1] !== null && (
            <>
              <span className={classes.swatch} style={{ color: 'var(--pm-refined)' }} />
              {names[1]}
            </>
          )}
        </span>
      )}
    </>
  );
}

/** `height` as drawn, px at a scale of 1: what the rows above leave may be more than was wished. */
function HeightHandle({ height, scale }: { readonly height: number; readonly scale: number }) {
  const start = useRef({ y: 0, height });
  const resize = (next: number): void =>
    setTimelineLayout({
      curvesHeight: Math.round(Math.min(CURVES_HEIGHT.most, Math.max(CURVES_HEIGHT.least, next))),
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved, which <hr> cannot
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the curves"
      aria-valuemin={CURVES_HEIGHT.least}
      aria-valuemax={CURVES_HEIGHT.most}
      aria-valuenow={height}
      tabIndex={0}
      className={classes.resize}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        resize(start.current.height + (event.clientY - start.current.y) / scale);
      }}
      onKeyDown={(event) => {
        const by = { ArrowDown: 10, ArrowUp: -10 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        resize(height + by);
      }}
    />
  );
}

function quantityOf({ quality }: Comparison, curve: CurveName): string {
  if (curve !== 'error') return curve;
  return quality !== undefined && quality.expectedErrorMm.length === 0 ? 'correction' : 'expected error';
}

function jointText(joint: number | null): string {
  return joint === null ? 'mean of all joints' : JOINT_TITLES[joint].toLowerCase();
}

function valuesText({ before, after, unit, digits }: CurveSet, frame: number): string {
  const texts = [before, after].flatMap((track) => {
    const value = track?.least[0][frame];
    if (value === undefined) return [];
    return [Number.isNaN(value) ? '–' : value.toFixed(Math.max(1, digits))];
  });
  return `frame ${frame} · ${texts.join(' → ')} ${unit}`;
}
