import type { SingleBar } from 'cli-progress';
import { type Io, printable } from './io.ts';

export interface Progress {
  /** To be handed to the engine. */
  readonly onProgress: (step: { done: number; total: number; stage: string }) => void;
  /** Takes the bar away; allowed more than once. */
  stop(): void;
}

/** Longest title: bar, percentage and time need the rest of a line. */
const MOST_TITLE = 32;

const SILENT: Progress = { onProgress: () => {}, stop: () => {} };

/**
 * A bar with the time left on stderr where a person watches; nothing in a pipe. `title` says what is worked on.
 */
export async function startProgress(io: Io, title: string, isQuiet: boolean): Promise<Progress> {
  if (isQuiet || io.stderr.isTTY !== true) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const bar: SingleBar = new cliProgress.SingleBar(
    {
      format: '{title} {bar} {percentage} % · {stage} · {eta_formatted} left',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      stream: io.stderr as NodeJS.WriteStream,
      clearOnComplete: true,
      hideCursor: true,
      // The signals are the caller's to handle.
      gracefulExit: false,
    },
    cliProgress.Presets.legacy,
  );
  let isRunning = true;
  bar.start(1, 0, { stage: 'reading', title: shortened(printable(title)) });
  return {
    onProgress: ({ done, total, stage }) => {
      if (!isRunning) return;
      if (bar.getTotal() !== total) bar.setTotal(total);
      bar.update(done, { stage });
    },
    stop: () => {
      if (isRunning) bar.stop();
      isRunning = false;
    },
  };
}

/** The end of a path says more than its beginning. */
function shortened(title: string): string {
  return title.length <= MOST_TITLE ? title : `…${title.slice(1 - MOST_TITLE)}`;
}
