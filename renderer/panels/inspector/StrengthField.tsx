import { Slider } from '@mantine/core';
import { useEffect } from 'react';
import { beginGesture, editClip, endGesture } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { percentText } from '../parts/number-text.ts';
import { Field } from './Field.tsx';
import classes from './StrengthField.module.css';

const ADVICE = '0 % gives the input back, 100 % the full refinement; between, joints lie between the two.';

/** How far the refine goes. A drag is one step to undo. */
export function StrengthField({ active }: { readonly active: ActiveClip }) {
  const { id, edits } = active;
  useEffect(() => endGesture, []);
  return (
    <Field title="Strength" advice={ADVICE}>
      <Slider
        className={classes.slider}
        size="sm"
        min={0}
        max={100}
        step={1}
        label={null}
        value={Math.round(edits.strength * 100)}
        thumbLabel="Strength"
        thumbValueText={(value) => percentText(value / 100)}
        data-testid="strength-slider"
        onPointerDownCapture={(event) => event.button === 0 && beginGesture()}
        onPointerCancel={endGesture}
        onChange={(value) => editClip(id, { strength: value / 100 })}
        // The slider tells the last value of a drag in an animation frame, which can come after the end of the drag.
        onChangeEnd={() => requestAnimationFrame(endGesture)}
      />
      <output className={classes.value}>{percentText(edits.strength)}</output>
    </Field>
  );
}
