import { Button, Tooltip } from '@mantine/core';
import { BODY17_NAMES, BODY17_PARENTS } from '../../../motion/skeleton/body17.ts';
import { useActivity } from '../../state/activity.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { JOINT_TITLES } from '../../timeline/joint-title.ts';
import { FIGURE, FIGURE_PLACES } from './figure-places.ts';
import classes from './JointPicker.module.css';
import { JOINT_PICKS, withJoint } from './joint-picks.ts';

/** Which joints are refined: a figure to click on, and the usual choices. */
export function JointPicker({ active }: { readonly active: ActiveClip }) {
  const { id, edits, clip } = active;
  const { joints } = edits;
  return (
    <div className={classes.picker}>
      <fieldset
        className={classes.figure}
        aria-label="Joints to refine"
        style={{ aspectRatio: `${FIGURE.width} / ${FIGURE.height}` }}
      >
        <svg viewBox={`0 0 ${FIGURE.width} ${FIGURE.height}`} className={classes.bones} aria-hidden="true">
          {BODY17_PARENTS.map((parent, joint) => {
            if (parent < 0) return null;
            const [x1, y1] = FIGURE_PLACES[joint];
            const [x2, y2] = FIGURE_PLACES[parent];
            return <line key={BODY17_NAMES[joint]} x1={x1} y1={y1} x2={x2} y2={y2} />;
          })}
          <text x={16} y={FIGURE.height - 8}>
            R
          </text>
          <text x={FIGURE.width - 16} y={FIGURE.height - 8}>
            L
          </text>
        </svg>
        {BODY17_NAMES.map((name, joint) => (
          <JointToggle
            key={name}
            joint={joint}
            isPicked={joints[joint]}
            isDerived={clip.info.derived[joint] ?? false}
            onToggle={() => editClip(id, { joints: withJoint(joints, joint, !joints[joint]) })}
          />
        ))}
      </fieldset>
      <div className={classes.picks}>
        {JOINT_PICKS.map(({ title, joints: picked }) => (
          <Button
            key={title}
            size="compact-xs"
            variant="default"
            onClick={() => editClip(id, { joints: picked })}
          >
            {title}
          </Button>
        ))}
      </div>
    </div>
  );
}

interface ToggleProps {
  readonly joint: number;
  readonly isPicked: boolean;
  /** The file does not have this joint itself. */
  readonly isDerived: boolean;
  readonly onToggle: () => void;
}

function JointToggle({ joint, isPicked, isDerived, onToggle }: ToggleProps) {
  const isSelected = useActivity((state) => state.selectedJoint === joint);
  const [x, y] = FIGURE_PLACES[joint];
  const state = isPicked ? 'is refined' : 'stays as it is';
  const origin = isDerived ? '; worked out, not in the file' : '';
  return (
    <Tooltip label={`${JOINT_TITLES[joint]} ${state}${origin}`}>
      <button
        type="button"
        className={classes.joint}
        style={{ left: `${(100 * x) / FIGURE.width}%`, top: `${(100 * y) / FIGURE.height}%` }}
        aria-label={JOINT_TITLES[joint]}
        aria-pressed={isPicked}
        data-derived={isDerived}
        data-selected={isSelected}
        data-testid={`joint-toggle-${BODY17_NAMES[joint]}`}
        onClick={onToggle}
      >
        <span className={classes.mark} />
      </button>
    </Tooltip>
  );
}
