import { engine } from '../engine/client.ts';
import { useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { unreachable } from '../state/take-history.ts';

const PAUSE_MS = 2000;

/**
 * Lets go of the frames of closed clips and removed takes once no undo or redo leads back to them, in the window and,
 * for takes, on disk. What a reload makes unreachable stays on disk until the host ends and removes its folder.
 */
export function dropUnreachable(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Every step changes the history, also one that is undone.
  useDocument.temporal.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(drop, PAUSE_MS);
  });
}

function drop(): void {
  const { clips: lostClips, takes: lostTakes } = unreachable();
  if (lostClips.length === 0 && lostTakes.length === 0) return;
  for (const id of [...lostClips, ...lostTakes]) poseShelf.drop(id);
  const { clips, takes } = useDocument.getState();
  useDocument.setState({ clips: without(clips, lostClips), takes: without(takes, lostTakes) });
  for (const take of lostTakes) void removeFromDisk(take);
}

async function removeFromDisk(take: string): Promise<void> {
  try {
    await engine().takes.remove({ take });
  } catch {
    // The folder goes with the host; a take that stays until then harms nobody.
  }
}

function without<T>(all: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)));
}
