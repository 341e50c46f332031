import { Button, Modal } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { closeDialog, useActivity } from '../../state/activity.ts';
import { useReducedMotionSetting } from '../../theme/reduced-motion.ts';
import { numberText } from '../parts/number-text.ts';
import classes from './ReferenceDialog.module.css';
import { framesText, referenceSource, sourceSentence } from './reference-text.ts';
import type { ShownReference } from './use-references.ts';
import { WindowCanvas } from './WindowCanvas.tsx';

/** Where a reference comes from, with a larger view of it. */
export function ReferenceDialog({ reference }: { readonly reference: ShownReference | null }) {
  const dialog = useActivity((state) => state.dialog);
  const isOpen = reference !== null && dialog?.kind === 'reference' && dialog.entry === reference.item.entry;
  return (
    <Modal
      opened={isOpen}
      onClose={closeDialog}
      size={420}
      title={reference === null ? '' : referenceSource(reference.item.clip).title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      data-testid="reference-dialog"
    >
      {reference !== null && <Source reference={reference} />}
    </Modal>
  );
}

function Source({ reference }: { readonly reference: ShownReference }) {
  const { item, poses } = reference;
  const isStill = useReducedMotionSetting();
  const [isPlaying, setIsPlaying] = useState(!isStill);
  const rows: readonly (readonly [string, string])[] = [
    ['Clip', item.clip],
    ['Entry', String(item.entry)],
    ['Distance', `${numberText(item.distance)} (L2 of the retrieval vectors)`],
    ['Frames', framesText(item)],
    ['Person', item.person === '' ? 'not said' : item.person],
    ['Licence', item.licence],
    ['Tags', item.tags.length === 0 ? 'none' : item.tags.join(', ')],
  ];
  return (
    <>
      <div className={classes.view}>
        <WindowCanvas poses={poses} isLooping={isPlaying} />
      </div>
      <div className={classes.controls}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={isPlaying ? <Pause size={12} /> : <Play size={12} />}
          onClick={() => setIsPlaying(!isPlaying)}
        >
          {isPlaying ? 'Pause' : 'Play'}
        </Button>
        <span>Faint: first frame. A drag turns the view.</span>
      </div>
      <p className={classes.sentence}>{sourceSentence(item.clip)}</p>
      <dl className={classes.list}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
