import { Anchor, Button, Loader } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { openSample, openWithPicker } from '../actions/open-files.ts';
import { useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { useActiveClip } from '../state/selectors.ts';
import classes from './ClipsPanel.module.css';
import { ClipFacts } from './clips/ClipFacts.tsx';
import { ClipTree } from './clips/ClipTree.tsx';
import { CompareFields } from './clips/CompareFields.tsx';
import { NumbersTable } from './NumbersTable.tsx';
import { EmptyState } from './parts/EmptyState.tsx';
import { counted } from './parts/number-text.ts';
import { Section } from './parts/Section.tsx';

/** Open clips with their takes, what is compared, and what is known about the clip shown. */
export function ClipsPanel() {
  const hasClips = useDocument((state) => state.order.length > 0);
  const opening = useActivity((state) => state.opening);
  const active = useActiveClip();
  const [factsAsked, askForFacts] = useState<object | null>(null);
  const noticeCount = active?.clip.info.notices.length ?? 0;
  return (
    <div className={classes.panel} data-testid="clips-panel">
      <header className={classes.head}>
        <OpenButton />
        <Anchor component="button" type="button" size="xs" onClick={() => void openSample()}>
          Open the sample
        </Anchor>
      </header>
      <div className={classes.scroll}>
        {hasClips && <ClipTree onShowFacts={() => askForFacts({})} />}
        {opening.map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files of one name are told apart by nothing else
          <div key={`${name} ${at}`} className={classes.opening} role="status">
            <Loader size={12} />
            <span className={classes.openingName}>Opening {name}</span>
          </div>
        ))}
        {!hasClips && opening.length === 0 && (
          <EmptyState title="No clip is open.">
            Open a motion clip, drop one anywhere on the window, or start with the sample.
          </EmptyState>
        )}
        {active !== null && (
          <>
            <Section title="Compare">
              <CompareFields active={active} />
            </Section>
            <Section title="Numbers">
              <NumbersTable />
            </Section>
            <Section
              title="Facts about the clip"
              startsClosed
              reveal={factsAsked}
              {...(noticeCount > 0 ? { summary: counted(noticeCount, 'notice') } : {})}
            >
              <ClipFacts info={active.clip.info} />
            </Section>
          </>
        )}
      </div>
    </div>
  );
}

function OpenButton() {
  const isReady = useActivity((state) => state.engine === 'ready');
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<FolderOpen size={14} />}
      disabled={!isReady}
      data-testid="open-button"
      onClick={() => void openWithPicker()}
    >
      Open…
    </Button>
  );
}
