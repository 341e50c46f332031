import type { ImportGuess, OpenChoices } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { unpackArrays } from '../../contract/pack.ts';
import { engine } from '../engine/client.ts';
import { whenEngineSettled } from '../engine/when-settled.ts';
import type { DroppedItem } from '../host/dropped-items.ts';
import { host } from '../host/host.ts';
import { announce, type DialogName, openDialog, setActivity, useActivity } from '../state/activity.ts';
import { addStep, newClipEdits, useDocument } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { poseShelf } from '../state/poses.ts';
import { reportFailure } from './report-failure.ts';

/** Asks for files and opens them. */
export async function openWithPicker(): Promise<void> {
  await openFrom(() => host.pickFiles());
}

export async function openDropped(items: readonly DroppedItem[]): Promise<void> {
  // To read a folder of thousands of files takes a moment.
  const name = items.length === 1 ? items[0].file.name : `${items.length} files`;
  await openFrom(async () => {
    setOpening(name, true);
    try {
      return await host.adoptDropped(items);
    } finally {
      setOpening(name, false);
    }
  });
}

export async function openSample(): Promise<void> {
  await openFrom(async () => [await host.sample()]);
}

/** Opens each file at once where nothing about it is a guess, and through the import dialog otherwise. */
export async function openGranted(files: readonly GrantedFile[]): Promise<void> {
  for (const file of files) {
    try {
      await openOrAsk(file);
    } catch (error) {
      reportFailure(`${file.name} cannot be opened`, error);
    }
  }
}

/**
 * A BVH says nearly everything about itself and opens at once, unless it holds several skeletons; only if it cannot be
 * opened, it may lack what a user knows (its frame time). Any other file is asked about where something is a guess.
 */
async function openOrAsk(file: GrantedFile): Promise<void> {
  // A file dropped while the engine starts is opened when it is there.
  await whenEngineSettled();
  const guess = await engine().clips.guess({ file: file.token });
  if (needsAnswer(guess)) {
    await askHow(file);
    return;
  }
  try {
    await open(file, {});
  } catch (error) {
    if (guess.isCertain) throw error;
    await askHow(file);
  }
}

/** Whether only the user can say what is meant: whom of several people, whether 2D keypoints become 3D, and guesses. */
export function needsAnswer({ format, people, roots, canLift, isCertain }: ImportGuess): boolean {
  if (people.length > 1 || roots.length > 1 || canLift) return true;
  return !isCertain && format !== 'bvh';
}

/** Opens a file as the user says. */
export async function openChosen(file: GrantedFile, choices: OpenChoices): Promise<void> {
  try {
    await open(file, choices);
  } catch (error) {
    reportFailure(`${file.name} cannot be opened`, error);
  }
}

/** Throws what the engine has against the file. */
async function open(file: GrantedFile, choices: OpenChoices): Promise<void> {
  setOpening(file.name, true);
  try {
    const info = await engine().clips.open({ file: file.token, choices });
    const frames = await engine().clips.frames({ clip: info.id });
    poseShelf.putClip(info.id, unpackArrays(await frames.arrayBuffer()));
    const { engineInfo, posesVersion } = useActivity.getState();
    // The network cannot refine 2D; a filter can.
    const model = info.dimensions === 2 ? 'butterworth' : (engineInfo?.defaultModel ?? 'synsp++');
    const { clips } = useDocument.getState();
    useDocument.setState({ clips: { ...clips, [info.id]: { info, file, choices } } });
    addStep(({ order, edits }) => ({
      order: [...order, info.id],
      activeClip: info.id,
      edits: { ...edits, [info.id]: newClipEdits(model) },
    }));
    setActivity({ posesVersion: posesVersion + 1 });
    announce(`${file.name} is open, ${info.frameCount} frames`);
  } finally {
    setOpening(file.name, false);
  }
}

export function activateClip(id: string): void {
  if (useDocument.getState().activeClip === id) return;
  addStep((state) => ({ ...state, activeClip: id }));
}

/** Takes a clip off the list; undo brings it back, with what a refine under way has made of it by then. */
export function closeClip(id: string): void {
  const { order, activeClip } = useDocument.getState();
  const at = order.indexOf(id);
  if (at < 0) return;
  const rest = order.filter((other) => other !== id);
  const next = activeClip === id ? (rest[Math.min(at, rest.length - 1)] ?? null) : activeClip;
  addStep((state) => ({ ...state, order: rest, activeClip: next }));
}

/** The playhead, and what else is of one clip only, follows the clip shown, whoever changed it: a click, an undo, a new file. */
export function followActiveClip(): () => void {
  const frames = new Map<string, number>();
  let shown: string | null = null;
  const follow = (): void => {
    const { activeClip, clips } = useDocument.getState();
    if (activeClip === shown) return;
    if (shown !== null) frames.set(shown, playback.frame);
    shown = activeClip;
    const info = activeClip === null ? undefined : clips[activeClip]?.info;
    setActivity({ timelineSpan: null, selectedReference: null });
    playback.load(info?.frameCount ?? 0, info?.frameTime ?? 1 / 30, frames.get(activeClip ?? '') ?? 0);
  };
  follow();
  return useDocument.subscribe(follow);
}

async function openFrom(give: () => Promise<readonly GrantedFile[]>): Promise<void> {
  try {
    await openGranted(await give());
  } catch (error) {
    reportFailure('The file cannot be opened', error);
  }
}

let lastQuestion: Promise<void> = Promise.resolve();

/**
 * Shows the import dialog and waits until it is closed. Arrays are asked about in turn, and after any other dialog,
 * also where more files were given in the meantime.
 */
function askHow(file: GrantedFile): Promise<void> {
  lastQuestion = lastQuestion.then(async () => {
    await untilDialog((dialog) => dialog === null);
    openDialog({ kind: 'import', file });
    await untilDialog((dialog) => dialog?.kind !== 'import' || dialog.file !== file);
  });
  return lastQuestion;
}

function untilDialog(isReached: (dialog: DialogName | null) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isReached(useActivity.getState().dialog)) {
      resolve();
      return;
    }
    const stop = useActivity.subscribe(({ dialog }) => {
      if (!isReached(dialog)) return;
      stop();
      resolve();
    });
  });
}

/** Two files of one name can be under way at once: each is an entry of its own. */
function setOpening(name: string, isOpening: boolean): void {
  const { opening } = useActivity.getState();
  setActivity({ opening: isOpening ? [...opening, name] : opening.toSpliced(opening.indexOf(name), 1) });
}
