import { ActionIcon, Tooltip } from '@mantine/core';
import { Info } from 'lucide-react';
import { type MouseEvent, useRef, useState } from 'react';
import { useActivity } from '../../state/activity.ts';
import { useReducedMotionSetting } from '../../theme/reduced-motion.ts';
import { numberText } from '../parts/number-text.ts';
import classes from './ReferenceCard.module.css';
import { framesText, referenceSource, spokenReference } from './reference-text.ts';
import type { ShownReference } from './use-references.ts';
import { WindowCanvas } from './WindowCanvas.tsx';

interface Props {
  readonly reference: ShownReference;
  /** 0 is the nearest. */
  readonly rank: number;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}

/** A reference: a view that moves while the pointer is on it, and where it comes from. */
export function ReferenceCard({ reference, rank, onToggle, onOpen }: Props) {
  const { item, poses } = reference;
  const isLaid = useActivity((state) => state.selectedReference === item.entry);
  const [isHovered, setIsHovered] = useState(false);
  const isStill = useReducedMotionSetting();
  const { title, averagedWindows } = referenceSource(item.clip);
  // A mean says so itself.
  const shownTags = averagedWindows === null ? item.tags : item.tags.filter((tag) => tag !== 'prototype');
  return (
    <div
      className={classes.card}
      title="Click lays it over the clip, double click shows its source, a drag turns the view"
      data-laid={isLaid}
      data-testid={`reference-card-${rank}`}
      onPointerEnter={() => setIsHovered(true)}
      onPointerLeave={() => setIsHovered(false)}
      {...useClicks(onToggle, onOpen)}
    >
      <button
        type="button"
        className={classes.choice}
        aria-pressed={isLaid}
        aria-label={`Lay over the clip: ${spokenReference(item)}`}
      >
        <span className={classes.view}>
          <WindowCanvas poses={poses} isLooping={isHovered && !isStill} />
        </span>
      </button>
      <div className={classes.facts}>
        <div className={classes.head}>
          <span
            className={classes.distance}
            title="Distance to the frames at the playhead; less is more alike"
          >
            {numberText(item.distance)}
          </span>
          <span className={classes.title} title={item.clip}>
            {title}
          </span>
          <Tooltip label="Source">
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`Source of ${title}`}
              onClick={(event) => {
                event.stopPropagation();
                onOpen();
              }}
            >
              <Info size={12} />
            </ActionIcon>
          </Tooltip>
        </div>
        <div>{averagedWindows === null ? 'one recording' : `mean of ${averagedWindows} windows`}</div>
        <div>frames {framesText(item)}</div>
        <div title={item.licence}>{item.licence}</div>
        {shownTags.length > 0 && <div title={shownTags.join(', ')}>{shownTags.join(', ')}</div>}
      </div>
    </div>
  );
}

/** A double click opens the source and leaves the overlay as it was before its first click. */
function useClicks(onToggle: () => void, onOpen: () => void) {
  const toggles = useRef(0);
  return {
    onClick: (event: MouseEvent) => {
      // Keys say 0. Text that has just been selected is no click.
      if (event.detail > 1 || window.getSelection()?.isCollapsed === false) return;
      toggles.current = event.detail;
      onToggle();
    },
    onDoubleClick: () => {
      if (toggles.current === 1) onToggle();
      onOpen();
    },
  };
}
