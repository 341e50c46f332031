import type {
  OpenedClip,
  OpenOptions,
  RefineResources,
  RefineSettings,
  Take,
} from '../native-model/index.ts';
import { noticeInterrupt, untilInterrupted } from './interrupt.ts';
import type { Io, Session } from './io.ts';
import { startProgress } from './progress.ts';

/** Opens a clip. An interrupt does not wait for a slow disk. */
export async function openOne(io: Io, path: string, options: OpenOptions): Promise<OpenedClip> {
  const { openClip } = await import('../native-model/index.ts');
  const clip = await untilInterrupted(openClip(path, options), io.signal);
  await noticeInterrupt(io.signal);
  return clip;
}

/** Opens and refines a clip under a progress bar. `settingsOf` is asked once the clip is known. */
export async function refineOne(
  { io }: Session,
  path: string,
  options: OpenOptions,
  settingsOf: (clip: OpenedClip) => RefineSettings,
  isQuiet: boolean,
  resources: RefineResources,
): Promise<Take> {
  const progress = await startProgress(io, path, isQuiet);
  try {
    const clip = await openOne(io, path, options);
    return await refineOpened(io, clip, settingsOf(clip), progress.onProgress, resources);
  } finally {
    progress.stop();
  }
}

/** Refines a clip. Throws PoseMendError ('cancelled') even if the interrupt came after the last step. */
export async function refineOpened(
  { signal }: Io,
  clip: OpenedClip,
  settings: RefineSettings,
  onProgress: (step: { done: number; total: number; stage: string }) => void,
  resources: RefineResources,
): Promise<Take> {
  const { refineClip } = await import('../native-model/index.ts');
  const take = await refineClip(clip, settings, { onProgress, signal }, resources);
  await noticeInterrupt(signal);
  return take;
}
