import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { playback } from '../state/playback.ts';
import { onRequest } from '../state/requests.ts';
import classes from './TransportBar.module.css';
import { clockText, fpsText, parseFrameText, secondsText } from './time-text.ts';
import { usePlayhead } from './use-playhead.ts';

interface PlayheadFieldsProps {
  readonly frameCount: number;
  readonly frameTime: number;
}

/** Where the playhead is: a frame to type into, and the same as time. Written past React while playing. */
export function PlayheadFields({ frameCount, frameTime }: PlayheadFieldsProps) {
  const isDisabled = frameCount === 0;
  const input = usePlayhead<HTMLInputElement>((element, frame) => {
    if (document.activeElement !== element) element.value = String(frame);
  });
  const clock = usePlayhead<HTMLSpanElement>((element, frame) => {
    element.textContent = clockText(frame, frameTime);
  });
  const seconds = usePlayhead<HTMLSpanElement>((element, frame) => {
    element.textContent = secondsText(frame, frameTime);
  });
  useEffect(
    () =>
      onRequest('focus-frame-field', () => {
        input.current?.focus();
        input.current?.select();
      }),
    [input],
  );

  const seekTyped = (element: HTMLInputElement): void => {
    const frame = parseFrameText(element.value, frameTime);
    if (frame !== null) {
      playback.stop();
      playback.seek(frame);
    }
    element.value = String(playback.frame);
  };
  return (
    <>
      <TextInput
        ref={input}
        size="xs"
        w="4.25rem"
        classNames={{ input: classes.field ?? '' }}
        aria-label="Frame"
        title="Frame: a frame (120) or a time (1.5s, 1:02:07), then Enter"
        data-testid="frame-field"
        disabled={isDisabled}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => {
          event.currentTarget.value = String(playback.frame);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') seekTyped(event.currentTarget);
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {!isDisabled && (
        <span className={classes.readout}>
          <span className={classes.dim}>/ {frameCount - 1}</span>
          <span ref={clock} className={classes.clock} title="Minutes, seconds and frames" />
          <span ref={seconds} className={classes.seconds} />
          <span className={classes.dim}>{fpsText(frameTime)} fps</span>
        </span>
      )}
    </>
  );
}
