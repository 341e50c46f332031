import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { TakeQuality } from '../../../contract/takes.ts';
import { VIRIDIS_GRADIENT } from '../../../motion/quality/viridis.ts';
import { useActivity } from '../../state/activity.ts';
import { getReferenceOverlay, onReferenceOverlay } from '../../state/reference-overlay.ts';
import { type Comparison, versionTitle } from '../../state/selectors.ts';
import { useView } from '../../state/view.ts';
import { comparedJoints } from '../figures/compared-joints.ts';
import { distanceOf, longestDifference } from '../figures/longest-difference.ts';
import classes from '../Viewport.module.css';
import { FrameReadout } from './FrameReadout.tsx';

const FACTORS = ['1', '2', '5', '10'];

/** What the colours mean, which versions are shown, and what is expected of the frame. */
export function ViewportLegend({
  comparison,
  differenceFactor,
  onDifferenceFactor,
}: {
  readonly comparison: Comparison;
  readonly differenceFactor: number;
  readonly onDifferenceFactor: (factor: number) => void;
}) {
  const showInput = useView((view) => view.showInput);
  const showRefined = useView((view) => view.showRefined);
  const showReference = useView((view) => view.showReference);
  const showDifferences = useView((view) => view.showDifferences);
  const showGhosts = useView((view) => view.showGhosts);
  const tintByQuality = useView((view) => view.tintByQuality);
  const isPeeking = useActivity((activity) => activity.isPeeking);
  const overlay = useSyncExternalStore(onReferenceOverlay, getReferenceOverlay);
  const { active, a, b, posesB } = comparison;
  const quality = active.clip.info.dimensions === 3 ? comparison.quality : undefined;
  return (
    <div className={classes.legend} data-testid="viewport-legend">
      <ul className={classes.legendList}>
        {(showInput || isPeeking) && <Swatch color="input" name={`A: ${versionTitle(active.edits, a)}`} />}
        {b !== null && showRefined && !isPeeking && (
          <Swatch
            color="refined"
            name={`B: ${versionTitle(active.edits, b)}${posesB === undefined ? ' (frames are on their way)' : ''}`}
          />
        )}
        {overlay !== null && showReference && (
          <Swatch color="reference" name={`Reference, library entry ${overlay.entry}`} />
        )}
      </ul>
      {tintByQuality && quality !== undefined && (
        <div className={classes.ramp}>
          <span>PQE 0</span>
          <span className={classes.rampBar} style={{ background: VIRIDIS_GRADIENT }} />
          <span>1 (good)</span>
        </div>
      )}
      {quality !== undefined && <ExpectedError quality={quality} />}
      {showGhosts && <p className={classes.readout}>Ghosts 1/6 s apart</p>}
      {showDifferences && posesB !== undefined && (
        <div className={classes.differences}>
          {active.clip.info.dimensions === 3 && <LongestDifference comparison={comparison} />}
          <NativeSelect
            size="xs"
            classNames={{ input: classes.factor ?? '' }}
            aria-label="Length of the difference arrows"
            data={FACTORS.map((factor) => ({
              value: factor,
              label: factor === '1' ? 'Arrows to scale' : `Arrows × ${factor}`,
            }))}
            value={String(differenceFactor)}
            onChange={(event) => onDifferenceFactor(Number(event.currentTarget.value))}
          />
        </div>
      )}
    </div>
  );
}

function Swatch({
  color,
  name,
}: {
  readonly color: 'input' | 'refined' | 'reference';
  readonly name: string;
}) {
  return (
    <li className={classes.legendItem}>
      <span className={`${classes.swatch} ${classes[`swatch-${color}`]}`} aria-hidden="true" />
      {name}
    </li>
  );
}

function ExpectedError({ quality }: { readonly quality: TakeQuality }) {
  const describe = useCallback((frame: number) => errorText(quality, frame), [quality]);
  return <FrameReadout className={classes.readout} describe={describe} />;
}

function errorText(quality: TakeQuality, frame: number): string {
  if (quality.expectedErrorMm.length > 0) {
    const before = quality.expectedErrorMm[frame];
    const after = quality.expectedErrorAfterMm[frame];
    return `Expected error ${millimetres(before)} → ${millimetres(after)} mm`;
  }
  const moved = meanCorrection(quality, frame);
  return Number.isNaN(moved) ? '' : `Moved by ${millimetres(moved)} mm on average (no error estimate)`;
}

/** Mean over joints of what the take changed, mm. */
function meanCorrection({ jointErrorMm, pqe }: TakeQuality, frame: number): number {
  const joints = jointErrorMm.length / pqe.length;
  let sum = 0;
  for (let joint = 0; joint < joints; joint++) sum += jointErrorMm[frame * joints + joint];
  return sum / joints;
}

function LongestDifference({ comparison }: { readonly comparison: Comparison }) {
  const { active, posesA, posesB } = comparison;
  const { drawing } = active.clip.info;
  const { names } = drawing;
  const isCompared = useMemo(() => comparedJoints(drawing), [drawing]);
  const describe = useCallback(
    (frame: number) => {
      if (posesA === undefined || posesB === undefined) return '';
      const joint = longestDifference(posesA.positions, posesB.positions, frame, names.length, isCompared);
      if (joint < 0) return 'A and B do not differ in this frame';
      const metres = distanceOf(posesA.positions, posesB.positions, frame * names.length + joint);
      return `Longest difference ${millimetres(metres * 1000)} mm, ${names[joint]}`;
    },
    [posesA, posesB, names, isCompared],
  );
  return <FrameReadout className={classes.readout} describe={describe} />;
}

function millimetres(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(value < 9.95 ? 1 : 0);
}
