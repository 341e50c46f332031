import { Group, Loader, Text, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import type { OpenChoices } from '../../contract/clips.ts';
import classes from './ImportAlternatives.module.css';
import { PreviewCanvas } from './PreviewCanvas.tsx';
import type { PreviewState } from './preview-queue.ts';
import type { PreviewStage } from './preview-stage.ts';
import type { LoadedPreview } from './use-previews.ts';

export interface Alternative {
  readonly key: string;
  readonly title: string;
  /** Stands below the title, fainter. */
  readonly detail?: string;
  readonly choices: OpenChoices;
  readonly isChosen: boolean;
  readonly state: PreviewState<LoadedPreview>;
}

export interface ImportAlternativesProps {
  readonly title: string;
  readonly alternatives: readonly Alternative[];
  readonly stage: PreviewStage;
  readonly is3d: boolean;
  readonly onChoose: (choices: OpenChoices) => void;
}

/** The file under each value of one choice, as small moving pictures; a click chooses. */
export function ImportAlternatives(props: ImportAlternativesProps) {
  const { title, alternatives, stage, is3d, onChoose } = props;
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <Text id={titleId} size="xs" fw={600} mb={4}>
        {title}
      </Text>
      <Group gap="xs" wrap="wrap" align="stretch">
        {alternatives.map(({ key, title: name, detail, choices, isChosen, state }) => (
          <UnstyledButton
            key={key}
            className={classes.alternative ?? ''}
            aria-pressed={isChosen}
            onClick={() => onChoose(choices)}
          >
            <span className={classes.picture}>
              {state.kind === 'waiting' && <Loader size="xs" className={classes.loader ?? ''} />}
              {state.kind === 'failed' && <span className={classes.failure}>does not fit</span>}
              <PreviewCanvas
                frames={state.kind === 'ready' ? state.preview.frames : null}
                stage={stage}
                isLarge={false}
                is3d={is3d}
              />
            </span>
            <span className={classes.name}>
              {name}
              {detail !== undefined && <span className={classes.detail}>{detail}</span>}
            </span>
          </UnstyledButton>
        ))}
      </Group>
    </section>
  );
}
