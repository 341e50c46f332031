import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ImportPreview, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { engine } from '../engine/client.ts';
import { type PreviewFrames, readPreview } from './preview-frames.ts';
import { PreviewQueue } from './preview-queue.ts';

/** Enough of a clip to see a few steps, and little enough to arrive at once. */
const PREVIEW_FRAMES = 300;
/** A number being typed is not looked up digit by digit. */
const SETTLING_MS = 150;

/** A file under some choices: what would be found in it, and its first frames. */
export interface LoadedPreview {
  readonly frames: PreviewFrames;
  readonly facts: ImportPreview['facts'];
  readonly notices: readonly string[];
}

/** Loads previews of a file under each of the choices, the first of them first. Ask the queue for their states. */
export function usePreviews(file: GrantedFile, wanted: readonly OpenChoices[]): PreviewQueue<LoadedPreview> {
  const queue = useMemo(
    () => new PreviewQueue((choices, signal) => loadPreview(file.token, choices, signal)),
    [file.token],
  );
  const wantedKey = JSON.stringify(wanted);
  const [settledKey] = useDebouncedValue(wantedKey, SETTLING_MS, { leading: true });
  useEffect(() => queue.want(JSON.parse(settledKey) as OpenChoices[]), [queue, settledKey]);
  useEffect(() => () => queue.want([]), [queue]);
  useSyncExternalStore(queue.subscribe, queue.version);
  return queue;
}

async function loadPreview(file: string, choices: OpenChoices, signal: AbortSignal): Promise<LoadedPreview> {
  const preview = await engine().clips.preview({ file, choices, frames: PREVIEW_FRAMES }, { signal });
  return { frames: await readPreview(preview), facts: preview.facts, notices: preview.notices };
}
