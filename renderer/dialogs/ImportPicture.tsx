import { ActionIcon, Button, Group, Loader, Text, Tooltip } from '@mantine/core';
import { Pause, Play, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../engine/client.ts';
import classes from './ImportPicture.module.css';
import { Note } from './Note.tsx';
import { PreviewCanvas } from './PreviewCanvas.tsx';
import type { PreviewState } from './preview-queue.ts';
import type { PreviewStage } from './preview-stage.ts';
import type { LoadedPreview } from './use-previews.ts';

export interface ImportPictureProps {
  /** Null while the layout has to be chosen first. */
  readonly state: PreviewState<LoadedPreview> | null;
  /** Shown, fainter, until the present choices have a picture. */
  readonly last: LoadedPreview | null;
  readonly stage: PreviewStage;
  readonly is3d: boolean;
  /** Lower, where several rows of small pictures stand below it. */
  readonly isLow: boolean;
  /** Whether unit and up axis are the user's to say. */
  readonly asksUnit: boolean;
  readonly onRetry: () => void;
}

/** Heights outside of this are no standing person's, metres. */
const SHORTEST_METRES = 1;
const TALLEST_METRES = 2.3;
const QUARTER_TURN = Math.PI / 2;

/** The file as it would be opened, moving, beside a ruler. Drag or press the button to turn it. */
export function ImportPicture({ state, last, stage, is3d, isLow, asksUnit, onRetry }: ImportPictureProps) {
  const [isPlaying, setPlaying] = useState(stage.isPlaying);
  const loaded = state?.kind === 'ready' ? state.preview : last;
  const isStale = state?.kind !== 'ready';
  const play = (next: boolean): void => {
    stage.setPlaying(next);
    setPlaying(next);
  };
  return (
    <div>
      <div
        className={classes.picture}
        data-stale={(isStale && loaded !== null) || undefined}
        data-low={isLow || undefined}
      >
        <PreviewCanvas
          frames={loaded?.frames ?? null}
          stage={stage}
          isLarge
          is3d={is3d}
          label={`The body as it would be opened. ${loaded === null || !is3d ? '' : heightText(loaded.frames.height)}`}
        />
        {state?.kind === 'waiting' && <Loader size="sm" className={classes.middle ?? ''} />}
        {state === null && (
          <Text className={classes.middle ?? ''}>Choose the joint layout to see the body</Text>
        )}
        {state?.kind === 'failed' && (
          <div className={classes.middle}>
            <Note kind="error" title="It cannot be opened like this">
              <p className={classes.reason}>{failureText(state.error)}</p>
              <Button size="compact-xs" variant="default" onClick={onRetry}>
                Try again
              </Button>
            </Note>
          </div>
        )}
        <Group gap={4} className={classes.buttons ?? ''}>
          {is3d && (
            <Tooltip label="Turn the view; or drag the picture">
              <ActionIcon
                size="sm"
                variant="default"
                aria-label="Turn the view"
                onClick={() => stage.turn(QUARTER_TURN)}
              >
                <RotateCw size={13} />
              </ActionIcon>
            </Tooltip>
          )}
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={isPlaying ? 'Pause the preview' : 'Play the preview'}
            onClick={() => play(!isPlaying)}
          >
            {isPlaying ? <Pause size={13} /> : <Play size={13} />}
          </ActionIcon>
        </Group>
      </div>
      <Group gap="md" mt={6} justify="space-between">
        <Group gap="md" className={classes.legend ?? ''}>
          <span data-side="left">Left side (L)</span>
          <span data-side="right">Right side (R)</span>
        </Group>
        {loaded !== null && is3d && <HeightNote metres={loaded.frames.height} asksUnit={asksUnit} />}
      </Group>
    </div>
  );
}

function HeightNote({ metres, asksUnit }: { readonly metres: number; readonly asksUnit: boolean }) {
  const isPerson = metres >= SHORTEST_METRES && metres <= TALLEST_METRES;
  return (
    <Text size="xs" className={classes.height ?? ''} data-odd={!isPerson || undefined}>
      {heightText(metres)}
      {isPerson || !asksUnit ? '' : ': check unit and up axis'}
    </Text>
  );
}

function heightText(metres: number): string {
  return `Body height ${Number(metres.toPrecision(3))} m`;
}
