import { NativeSelect, Switch } from '@mantine/core';
import {
  ArrowDownToDot,
  ChevronFirst,
  ChevronLast,
  ChevronsLeft,
  ChevronsRight,
  Expand,
  Pause,
  Play,
  StepBack,
  StepForward,
  X,
  ZoomIn,
} from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { goToSpan, goToWorst } from '../actions/bad-frames.ts';
import { editActiveClip } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { request } from '../state/requests.ts';
import type { ActiveClip } from '../state/selectors.ts';
import { toggleView, useView } from '../state/view.ts';
import { FrameInput } from './FrameInput.tsx';
import { IconButton } from './IconButton.tsx';
import { PlayheadFields } from './PlayheadFields.tsx';
import { withIn, withOut } from './range-shape.ts';
import classes from './TransportBar.module.css';

const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

interface TransportBarProps {
  readonly active: ActiveClip | null;
  readonly hasSpans: boolean;
}

/** Playing, the playhead in numbers, the range, and the ways to the bad frames. */
export function TransportBar({ active, hasSpans }: TransportBarProps) {
  const isPlaying = useSyncExternalStore(playback.onState, () => playback.isPlaying);
  const usualSpeed = useSyncExternalStore(playback.onState, () => playback.usualSpeed);
  const loopRange = useView((view) => view.loopRange);
  const frameCount = active?.clip.info.frameCount ?? 0;
  const frameTime = active?.clip.info.frameTime ?? 1 / 30;
  const range = active?.edits.range ?? null;
  const off = active === null;
  return (
    <div className={classes.bar} role="toolbar" aria-label="Transport">
      <div className={classes.group}>
        <IconButton
          label="First frame"
          icon={ChevronFirst}
          isDisabled={off}
          onClick={() => playback.seek(0)}
        />
        <IconButton
          label="Previous frame"
          icon={StepBack}
          isDisabled={off}
          onClick={() => playback.step(-1)}
        />
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          icon={isPlaying ? Pause : Play}
          isDisabled={off}
          onClick={() => playback.toggle()}
          testId="play-button"
        />
        <IconButton label="Next frame" icon={StepForward} isDisabled={off} onClick={() => playback.step(1)} />
        <IconButton
          label="Last frame"
          icon={ChevronLast}
          isDisabled={off}
          onClick={() => playback.seek(frameCount - 1)}
        />
      </div>
      <div className={classes.group}>
        <PlayheadFields frameCount={frameCount} frameTime={frameTime} />
      </div>
      <div className={classes.group}>
        <NativeSelect
          size="xs"
          w="4.25rem"
          classNames={{ input: classes.field ?? '' }}
          aria-label="Playback speed"
          title="Playback speed"
          disabled={off}
          value={usualSpeed}
          onChange={(event) => playback.setUsualSpeed(Number(event.currentTarget.value))}
          data={SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
        />
        <Switch
          size="xs"
          label="Loop range"
          title="Play between the in and out points only"
          checked={loopRange}
          onChange={() => toggleView('loopRange')}
        />
      </div>
      <div className={classes.group}>
        <span className={classes.dim}>In</span>
        <FrameInput
          label="In point"
          testId="range-in"
          frame={range?.[0] ?? 0}
          frameTime={frameTime}
          isDisabled={off}
          onCommit={(frame) => editActiveClip({ range: withIn(range, frame, frameCount) })}
        />
        <span className={classes.dim}>Out</span>
        <FrameInput
          label="Out point"
          testId="range-out"
          frame={range?.[1] ?? Math.max(0, frameCount - 1)}
          frameTime={frameTime}
          isDisabled={off}
          onCommit={(frame) => editActiveClip({ range: withOut(range, frame, frameCount) })}
        />
        <IconButton
          label="Whole clip"
          icon={X}
          isDisabled={range === null}
          onClick={() => editActiveClip({ range: null })}
        />
      </div>
      <div className={`${classes.group} ${classes.end}`}>
        <IconButton
          label="Previous bad span"
          icon={ChevronsLeft}
          isDisabled={!hasSpans}
          onClick={() => goToSpan(-1)}
        />
        <IconButton label="Worst frame" icon={ArrowDownToDot} isDisabled={!hasSpans} onClick={goToWorst} />
        <IconButton
          label="Next bad span"
          icon={ChevronsRight}
          isDisabled={!hasSpans}
          onClick={() => goToSpan(1)}
        />
        <IconButton
          label="Zoom to bad span or range"
          icon={ZoomIn}
          isDisabled={!hasSpans && range === null}
          onClick={() => request('zoom-timeline-span')}
        />
        <IconButton
          label="Show whole clip"
          icon={Expand}
          isDisabled={off}
          onClick={() => request('zoom-timeline-all')}
        />
      </div>
    </div>
  );
}
