import { Anchor, Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { openDialog, useActivity } from '../state/activity.ts';
import { editClip } from '../state/document.ts';
import { type ActiveClip, useActiveClip } from '../state/selectors.ts';
import { EmptyState } from './parts/EmptyState.tsx';
import classes from './ReferencesPanel.module.css';
import { dropOverlayWithChoice, removeOverlay, toggleOverlay } from './references/overlay-choice.ts';
import { ReferenceCard } from './references/ReferenceCard.tsx';
import { ReferenceDialog } from './references/ReferenceDialog.tsx';
import {
  type ReferencesState,
  type ReferenceTarget,
  type ShownReference,
  type ShownReferences,
  useReferences,
} from './references/use-references.ts';
import { type WhyNone, whyNone, whyNothingFound } from './references/why-none.ts';

/** How many references are shown. */
const COUNT = 6;

/** Clean windows like the one at the playhead, live. */
export function ReferencesPanel() {
  const active = useActiveClip();
  const obstacle = useObstacle(active);
  const { state, retry } = useReferences(active === null || obstacle !== null ? null : targetOf(active));
  const [opened, setOpened] = useState<ShownReference | null>(null);
  useEffect(dropOverlayWithChoice, []);
  const isReady = active !== null && obstacle === null && state.kind === 'ready';
  return (
    <div className={classes.panel} data-testid="references-panel">
      <header className={classes.head}>
        <h2 className={classes.title}>References</h2>
        {isReady && <WindowText shown={state.shown} />}
        <OverlayNote />
      </header>
      <div className={classes.scroll}>
        {active === null || obstacle !== null ? (
          obstacle !== null && <NoReferences why={obstacle} clip={active?.id ?? null} />
        ) : (
          <Answer
            state={state}
            active={active}
            onRetry={retry}
            onOpen={(reference) => {
              setOpened(reference);
              openDialog({ kind: 'reference', entry: reference.item.entry });
            }}
          />
        )}
      </div>
      <ReferenceDialog reference={opened} />
    </div>
  );
}

function targetOf({ id, edits }: ActiveClip): ReferenceTarget {
  const { model, tags, person } = edits;
  return { clip: id, count: COUNT, model, tags: [...tags], ...(person === '' ? {} : { person }) };
}

function useObstacle(active: ActiveClip | null): WhyNone | null {
  const isEngineReady = useActivity((state) => state.engine === 'ready');
  const info = useActivity((state) => state.engineInfo);
  return whyNone({
    isEngineReady,
    hasLibrary: info === null ? null : info.library !== null,
    libraryProblem: info?.libraryProblem ?? null,
    clip: active === null ? null : { dimensions: active.clip.info.dimensions, edits: active.edits },
  });
}

function WindowText({ shown }: { readonly shown: ShownReferences }) {
  return (
    <span className={classes.window}>
      for frames {shown.frames[0]}–{shown.frames.at(-1)}
    </span>
  );
}

function OverlayNote() {
  const isLaid = useActivity((state) => state.selectedReference !== null);
  if (!isLaid) return null;
  return (
    <Anchor component="button" type="button" size="xs" className={classes.remove} onClick={removeOverlay}>
      Remove the overlay
    </Anchor>
  );
}

interface AnswerProps {
  readonly state: ReferencesState;
  readonly active: ActiveClip;
  readonly onRetry: () => void;
  readonly onOpen: (reference: ShownReference) => void;
}

function Answer({ state, active, onRetry, onOpen }: AnswerProps) {
  if (state.kind === 'waiting') {
    return (
      <div className={classes.waiting} role="status">
        <Loader size={12} /> Looking for references
      </div>
    );
  }
  if (state.kind === 'failed') {
    return (
      <EmptyState title="References cannot be shown." isFailure>
        <p className={classes.advice}>{state.message}</p>
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </EmptyState>
    );
  }
  const { references, frames } = state.shown;
  if (references.length === 0) return <NoReferences why={whyNothingFound(active.edits)} clip={active.id} />;
  return (
    <ol className={classes.cards} aria-label="References, nearest first">
      {references.map((reference, rank) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a card is a place in the ranking; entries come and go in it
        <li key={rank}>
          <ReferenceCard
            reference={reference}
            rank={rank}
            onToggle={() => toggleOverlay(reference, frames)}
            onOpen={() => onOpen(reference)}
          />
        </li>
      ))}
    </ol>
  );
}

function NoReferences({ why, clip }: { readonly why: WhyNone; readonly clip: string | null }) {
  const { title, advice, remedy } = why;
  return (
    <EmptyState title={title}>
      <p className={classes.advice}>{advice}</p>
      {remedy !== null && clip !== null && (
        <Button size="compact-xs" variant="default" onClick={() => editClip(clip, remedy.change)}>
          {remedy.title}
        </Button>
      )}
    </EmptyState>
  );
}
