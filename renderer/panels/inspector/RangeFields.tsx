import { Anchor } from '@mantine/core';
import { withInPoint, withOutPoint } from '../../shortcuts/range-points.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { useKeyText } from '../parts/key-text.ts';
import { Field } from './Field.tsx';
import { FrameInput } from './FrameInput.tsx';
import classes from './RangeFields.module.css';
import { rangeOrWhole } from './range-or-whole.ts';

/** Which frames are refined, and how softly that begins and ends. */
export function RangeFields({ active }: { readonly active: ActiveClip }) {
  const { id, edits, clip } = active;
  const { frameCount, frameTime } = clip.info;
  const { range, featherFrames } = edits;
  const last = frameCount - 1;
  const keys = [useKeyText('set-in'), useKeyText('set-out')];
  const setRange = (next: readonly [number, number]): void =>
    editClip(id, { range: rangeOrWhole(next, frameCount) });
  return (
    <>
      <Field
        title="Range"
        advice={`First and last frame to refine; the others stay as they are. ${keys[0]} and ${keys[1]} set them at the playhead.`}
      >
        <FrameInput
          label="First frame of the range"
          value={range?.[0] ?? 0}
          frameTime={frameTime}
          max={last}
          testId="range-in"
          onCommit={(frame) => setRange(withInPoint(range, frame, frameCount))}
        />
        <span aria-hidden>–</span>
        <FrameInput
          label="Last frame of the range"
          value={range?.[1] ?? last}
          frameTime={frameTime}
          max={last}
          testId="range-out"
          onCommit={(frame) => setRange(withOutPoint(range, frame))}
        />
        {range === null ? (
          <span className={classes.whole}>whole clip</span>
        ) : (
          <Anchor component="button" type="button" size="xs" onClick={() => editClip(id, { range: null })}>
            Whole clip
          </Anchor>
        )}
      </Field>
      <Field
        title="Feather"
        control="feather"
        advice="Frames over which the refinement fades in and out at the ends of a range, so that nothing jumps. A whole clip needs none."
      >
        <FrameInput
          id="feather"
          label="Feather, frames"
          value={featherFrames}
          frameTime={frameTime}
          max={10_000}
          testId="feather-input"
          onCommit={(frames) => editClip(id, { featherFrames: frames })}
        />
        <span className={classes.whole}>frames</span>
      </Field>
    </>
  );
}
