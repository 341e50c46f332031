export type CommandGroup = 'File' | 'Refine' | 'Playback' | 'Bad frames' | 'Range' | 'View' | 'Window';

export interface CommandName {
  readonly title: string;
  readonly group: CommandGroup;
  /** Runs again while its key is held down. */
  readonly repeats?: true;
}

/** What can be done by key, from the palette and from the host's menu, as it is called in lists. */
export const COMMAND_NAMES = {
  open: { title: 'Open clips…', group: 'File' },
  'open-sample': { title: 'Open the sample', group: 'File' },
  export: { title: 'Export…', group: 'File' },
  'close-clip': { title: 'Close the clip', group: 'File' },
  'next-clip': { title: 'Next clip', group: 'File' },
  'previous-clip': { title: 'Previous clip', group: 'File' },

  refine: { title: 'Refine', group: 'Refine' },
  cancel: { title: 'Cancel the refine', group: 'Refine' },
  report: { title: 'Open the report', group: 'Refine' },
  undo: { title: 'Undo', group: 'Refine', repeats: true },
  redo: { title: 'Redo', group: 'Refine', repeats: true },

  play: { title: 'Play or pause', group: 'Playback' },
  'play-backwards': { title: 'Play backwards; again: twice as fast', group: 'Playback' },
  stop: { title: 'Stop', group: 'Playback' },
  'play-faster': { title: 'Play; again: twice as fast', group: 'Playback' },
  'next-frame': { title: 'Next frame', group: 'Playback', repeats: true },
  'previous-frame': { title: 'Previous frame', group: 'Playback', repeats: true },
  'next-10': { title: 'Ten frames on', group: 'Playback', repeats: true },
  'previous-10': { title: 'Ten frames back', group: 'Playback', repeats: true },
  'first-frame': { title: 'First frame', group: 'Playback' },
  'last-frame': { title: 'Last frame', group: 'Playback' },
  'go-to-frame': { title: 'Go to a frame by its number', group: 'Playback' },

  'next-bad': { title: 'Next bad span', group: 'Bad frames', repeats: true },
  'previous-bad': { title: 'Previous bad span', group: 'Bad frames', repeats: true },
  'worst-bad': { title: 'Worst bad span', group: 'Bad frames' },

  'set-in': { title: 'Set the in point here', group: 'Range' },
  'set-out': { title: 'Set the out point here', group: 'Range' },
  'clear-in': { title: 'Clear the in point', group: 'Range' },
  'clear-out': { title: 'Clear the out point', group: 'Range' },
  'clear-range': { title: 'Clear the range', group: 'Range' },

  peek: { title: 'Peek at version A while held', group: 'View' },
  'toggle-before-after': { title: 'Show version A alone, or both', group: 'View' },
  'toggle-ghosts': { title: 'Ghosts', group: 'View' },
  'toggle-layout': { title: 'Overlay or side by side', group: 'View' },
  'toggle-differences': { title: 'Difference vectors', group: 'View' },
  'toggle-tint': { title: 'Tint joints by quality', group: 'View' },
  'toggle-follow': { title: 'Follow the root', group: 'View' },
  'frame-selection': { title: 'Frame the body', group: 'View' },
  'view-front': { title: 'View from the front', group: 'View' },
  'view-back': { title: 'View from the back', group: 'View' },
  'view-side': { title: 'View from the side', group: 'View' },
  'view-top': { title: 'View from the top', group: 'View' },
  'zoom-timeline-all': { title: 'Zoom the timeline to the whole clip', group: 'View' },
  'zoom-timeline-span': { title: 'Zoom the timeline to the bad span', group: 'View' },

  'focus-clips': { title: 'Go to the list of clips', group: 'Window' },
  shortcuts: { title: 'Commands and keys', group: 'Window' },
  settings: { title: 'Settings', group: 'Window' },
} as const satisfies Readonly<Record<string, CommandName>>;

export type CommandId = keyof typeof COMMAND_NAMES;

export const COMMAND_IDS = Object.keys(COMMAND_NAMES) as readonly CommandId[];

/** Whether a word (a choice in the host's menu) names a command. */
export function isCommandId(word: string): word is CommandId {
  return Object.hasOwn(COMMAND_NAMES, word);
}
