import { SegmentedControl } from '@mantine/core';
import { FOOT_LOCK_MODES, type FootLockMode } from '../../../motion/contact/foot-lock.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { Field } from './Field.tsx';
import classes from './FootLockField.module.css';
import { footLockText, footLockTitle } from './foot-lock-text.ts';

const ADVICE =
  'Keeps standing feet from sliding: each contact with the ground is held at one point, with a short fade before and after, and the knee follows. Strength, range and joints apply to it, too.';

/** Whether standing feet are held in place. */
export function FootLockField({ active }: { readonly active: ActiveClip }) {
  const { id, edits, clip } = active;
  const { dimensions } = clip.info;
  return (
    <Field title="Foot lock" advice={ADVICE}>
      <SegmentedControl
        size="xs"
        fullWidth
        w="100%"
        aria-label="Foot lock"
        aria-describedby="foot-lock-note"
        disabled={dimensions === 2}
        value={edits.footLock}
        data={FOOT_LOCK_MODES.map((mode) => ({ value: mode, label: footLockTitle(mode) }))}
        data-testid="foot-lock"
        onChange={(mode) => editClip(id, { footLock: mode as FootLockMode })}
      />
      <div id="foot-lock-note" className={classes.note}>
        {footLockText(edits.footLock, dimensions)}
      </div>
    </Field>
  );
}
