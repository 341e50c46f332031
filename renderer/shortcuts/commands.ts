import { goToSpan, goToWorst } from '../actions/bad-frames.ts';
import { activateClip, closeClip, openSample, openWithPicker } from '../actions/open-files.ts';
import { cancelJob, openReport, startRefine } from '../actions/refine.ts';
import { openDialog, setActivity, useActivity } from '../state/activity.ts';
import { editActiveClip, redo, undo, useDocument } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { type RequestName, request } from '../state/requests.ts';
import { setView, toggleView, useView } from '../state/view.ts';
import {
  COMMAND_IDS,
  COMMAND_NAMES,
  type CommandGroup,
  type CommandId,
  isCommandId,
} from './command-names.ts';
import { withInPoint, withOutPoint, withoutInPoint, withoutOutPoint } from './range-points.ts';
import { neighbourClip, shownClip, shownJob, shownTake } from './shown-clip.ts';
import { shuttleSpeed } from './shuttle.ts';

/** Something a user can do by key, from the palette or from the host's menu. */
export interface Command {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /** Runs again while its key is held down. */
  readonly repeats: boolean;
  /** Does nothing while the command is not enabled. */
  readonly run: () => void;
  /** Ends what `run` began, when the key is let go; only of commands that last as long as their key is held. */
  readonly release?: () => void;
  /** Absent: always. */
  readonly isEnabled?: () => boolean;
}

type Behaviour = Pick<Command, 'run' | 'release' | 'isEnabled'>;

const BEHAVIOURS: Readonly<Record<CommandId, Behaviour>> = {
  open: { run: () => void openWithPicker() },
  'open-sample': { run: () => void openSample() },
  export: withClip((clip) => openDialog({ kind: 'export', clip })),
  'close-clip': withClip(closeClip),
  'next-clip': { run: () => showNeighbour(1), isEnabled: () => neighbourClip(1) !== null },
  'previous-clip': { run: () => showNeighbour(-1), isEnabled: () => neighbourClip(-1) !== null },

  refine: withClip((clip) => void startRefine(clip), isEngineReady),
  cancel: { run: () => cancelJob(shownJob()?.id ?? ''), isEnabled: () => shownJob() !== null },
  report: { run: () => void openReport(shownTake() ?? ''), isEnabled: () => shownTake() !== null },
  undo: { run: undo, isEnabled: () => useDocument.temporal.getState().pastStates.length > 0 },
  redo: { run: redo, isEnabled: () => useDocument.temporal.getState().futureStates.length > 0 },

  play: withClip(() => playback.toggle()),
  'play-backwards': withClip(() => playback.play(shuttleSpeed(playback.speed, -1))),
  stop: withClip(() => playback.stop()),
  'play-faster': withClip(() => playback.play(shuttleSpeed(playback.speed, 1))),
  'next-frame': withClip(() => playback.step(1)),
  'previous-frame': withClip(() => playback.step(-1)),
  'next-10': withClip(() => playback.step(10)),
  'previous-10': withClip(() => playback.step(-10)),
  'first-frame': withClip(() => playback.seek(0)),
  'last-frame': withClip(() => playback.seek(playback.frameCount - 1)),
  'go-to-frame': asking('focus-frame-field'),

  'next-bad': withTake(() => goToSpan(1)),
  'previous-bad': withTake(() => goToSpan(-1)),
  'worst-bad': withTake(goToWorst),

  'set-in': withClip(() => {
    const { edits, frames } = shownClip()!;
    editActiveClip({ range: withInPoint(edits.range, playback.frame, frames) });
  }),
  'set-out': withClip(() => {
    editActiveClip({ range: withOutPoint(shownClip()!.edits.range, playback.frame) });
  }),
  'clear-in': {
    run: () => {
      const { edits, frames } = shownClip()!;
      editActiveClip({ range: withoutInPoint(edits.range!, frames) });
    },
    isEnabled: hasRange,
  },
  'clear-out': {
    run: () => {
      const { edits, frames } = shownClip()!;
      editActiveClip({ range: withoutOutPoint(edits.range!, frames) });
    },
    isEnabled: hasRange,
  },
  'clear-range': {
    run: () => editActiveClip({ range: null }),
    isEnabled: hasRange,
  },

  peek: {
    ...withTake(() => setActivity({ isPeeking: true })),
    release: () => setActivity({ isPeeking: false }),
  },
  'toggle-before-after': withTake(() => setActivity({ isPeeking: !useActivity.getState().isPeeking })),
  'toggle-ghosts': { run: () => toggleView('showGhosts') },
  'toggle-layout': {
    run: () => setView({ layout: useView.getState().layout === 'overlay' ? 'side-by-side' : 'overlay' }),
  },
  'toggle-differences': { run: () => toggleView('showDifferences') },
  'toggle-tint': { run: () => toggleView('tintByQuality') },
  'toggle-follow': { run: () => toggleView('followRoot') },
  'frame-selection': asking('frame-selection'),
  'view-front': asking('view-front'),
  'view-back': asking('view-back'),
  'view-side': asking('view-side'),
  'view-top': asking('view-top'),
  'zoom-timeline-all': asking('zoom-timeline-all'),
  'zoom-timeline-span': asking('zoom-timeline-span'),

  'focus-clips': asking('focus-clips'),
  shortcuts: { run: () => openDialog({ kind: 'shortcuts' }) },
  settings: { run: () => openDialog({ kind: 'settings' }) },
};

/** Every command, in the order of the list. */
export const COMMANDS: readonly Command[] = COMMAND_IDS.map((id) => ({
  ...BEHAVIOURS[id],
  id,
  title: COMMAND_NAMES[id].title,
  group: COMMAND_NAMES[id].group,
  repeats: 'repeats' in COMMAND_NAMES[id],
  run: () => void runCommand(id),
}));

/** Runs a command by its name, if it is one and can be run now; says whether it was. */
export function runCommand(id: string): boolean {
  if (!isCommandId(id)) return false;
  const { run, isEnabled } = BEHAVIOURS[id];
  if (isEnabled?.() === false) return false;
  run();
  return true;
}

function withClip(run: (clip: string) => void, isAlsoEnabled: () => boolean = () => true): Behaviour {
  return {
    run: () => {
      const clip = shownClip();
      if (clip !== null) run(clip.id);
    },
    isEnabled: () => shownClip() !== null && isAlsoEnabled(),
  };
}

function withTake(run: () => void): Behaviour {
  return { run, isEnabled: () => shownTake() !== null };
}

function asking(name: RequestName): Behaviour {
  return withClip(() => request(name));
}

function hasRange(): boolean {
  return (shownClip()?.edits.range ?? null) !== null;
}

function isEngineReady(): boolean {
  return useActivity.getState().engine === 'ready';
}

function showNeighbour(steps: 1 | -1): void {
  const clip = neighbourClip(steps);
  if (clip !== null) activateClip(clip);
}
