import { Slider } from '@mantine/core';
import { useEffect } from 'react';
import { type BadFrameThreshold, beginGesture, editActiveClip, endGesture } from '../state/document.ts';
import classes from './SpanList.module.css';

const FLOOR_MAX_MM = 150;
const PART_MAX_PERCENT = 50;

/** The slider tells the last value of a drag in an animation frame, which can come after the end of the drag. */
const GESTURE = {
  onPointerDownCapture: beginGesture,
  onPointerCancel: endGesture,
  onChangeEnd: () => requestAnimationFrame(endGesture),
} as const;

interface ThresholdSlidersProps {
  readonly threshold: BadFrameThreshold;
  /** Whether the values are a filter's corrections rather than expected errors. */
  readonly isCorrection: boolean;
}

/** Which frames count as bad. One drag is one step of the undo history. */
export function ThresholdSliders({ threshold, isCorrection }: ThresholdSlidersProps) {
  useEffect(() => endGesture, []);
  const change = (part: Partial<BadFrameThreshold>): void =>
    editActiveClip({ threshold: { ...threshold, ...part } });
  const partPercent = Math.round(threshold.part * 100);
  return (
    <div className={classes.sliders}>
      <span className={classes.sliderName}>{isCorrection ? 'Moved more than' : 'Expected error over'}</span>
      <Slider
        size="xs"
        data-testid="threshold-slider"
        thumbLabel={
          isCorrection ? 'Least correction of a bad frame, mm' : 'Least expected error of a bad frame, mm'
        }
        label={null}
        min={0}
        max={FLOOR_MAX_MM}
        step={1}
        value={threshold.floorMm}
        onChange={(floorMm) => change({ floorMm })}
        {...GESTURE}
      />
      <span className={classes.sliderValue}>{Math.round(threshold.floorMm)} mm</span>
      <span className={classes.sliderName} title="Never more than this part of the clip is marked">
        Among the worst
      </span>
      <Slider
        size="xs"
        data-testid="threshold-part-slider"
        thumbLabel="Largest part of the clip marked as bad, percent"
        label={null}
        min={1}
        max={PART_MAX_PERCENT}
        step={1}
        value={partPercent}
        onChange={(percent) => change({ part: percent / 100 })}
        {...GESTURE}
      />
      <span className={classes.sliderValue}>{partPercent} %</span>
    </div>
  );
}
