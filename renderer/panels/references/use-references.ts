import { useEffect, useState } from 'react';
import { float32Of, unpackArrays } from '../../../contract/pack.ts';
import type { ReferenceItem, ReferenceQuery } from '../../../contract/takes.ts';
import { engine, failureText } from '../../engine/client.ts';
import { playback } from '../../state/playback.ts';
import { LatestQuestion } from './latest-question.ts';

/** A reference with its window. */
export interface ShownReference {
  readonly item: ReferenceItem;
  /** Metres, Y up, in the clip's own place, [window frame][17][xyz]. */
  readonly poses: Float32Array;
}

/** The references of the window around a frame. */
export interface ShownReferences {
  readonly clip: string;
  /** Frames of the clip the window holds. */
  readonly frames: readonly number[];
  /** Nearest first. */
  readonly references: readonly ShownReference[];
}

export type ReferencesState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly shown: ShownReferences }
  | { readonly kind: 'failed'; readonly message: string };

/** What to look for, without the frame. */
export type ReferenceTarget = Omit<ReferenceQuery, 'frame'>;

/** While a clip plays the references follow it, but not more often than a reader can look, milliseconds. */
const PLAYING_PAUSE_MS = 334;

/** References at the playhead, following it; `waiting` while there is no target. */
export function useReferences(target: ReferenceTarget | null): {
  readonly state: ReferencesState;
  readonly retry: () => void;
} {
  const [state, setState] = useState<ReferencesState>({ kind: 'waiting' });
  const [attempt, setAttempt] = useState(0);
  // Equal targets are the same, whatever object holds them.
  const key = target === null ? null : JSON.stringify(target);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (key === null) return;
    const wanted = JSON.parse(key) as ReferenceTarget;
    setState((before) =>
      before.kind === 'ready' && before.shown.clip === wanted.clip ? before : { kind: 'waiting' },
    );
    const questions = new LatestQuestion(
      (frame: number) => ask({ ...wanted, frame }),
      (shown) => setState({ kind: 'ready', shown }),
      (error) => setState({ kind: 'failed', message: failureText(error) }),
    );
    const follow = (): void => questions.ask(playback.frame, playback.isPlaying ? PLAYING_PAUSE_MS : 0);
    follow();
    const stops = [playback.onFrame(follow), playback.onState(follow)];
    return () => {
      questions.stop();
      for (const stop of stops) stop();
    };
  }, [key, attempt]);
  return { state, retry: () => setAttempt(attempt + 1) };
}

async function ask(query: ReferenceQuery): Promise<ShownReferences> {
  const { frames, items, poses } = await engine().references.at(query);
  const values = float32Of(unpackArrays(await poses.arrayBuffer()), 'poses');
  const size = items.length === 0 ? 0 : values.length / items.length;
  return {
    clip: query.clip,
    frames,
    references: items.map((item, at) => ({ item, poses: values.subarray(at * size, (at + 1) * size) })),
  };
}
