import type { CommandId } from '../shortcuts/command-names.ts';

export interface TourStep {
  /** Selectors of what it is about, the best first; without any of them the step stands in the middle. */
  readonly targets: readonly string[];
  readonly title: string;
  /** One or two sentences. `{key}` stands for the command's key in the chosen keymap. */
  readonly text: string;
  readonly command?: CommandId;
  readonly side: 'top' | 'right' | 'bottom' | 'left';
}

/** What a newcomer needs to mend a first clip, in the order of doing it. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    targets: ['[data-testid="refine-button"]'],
    title: 'Refine the clip',
    text: 'Makes a clean take beside the input, which stays as it is. {key} does the same.',
    command: 'refine',
    side: 'left',
  },
  {
    targets: ['[data-testid="pqe-strip"]', '[data-testid="timeline"]'],
    title: 'See the bad frames',
    text: 'After a refine, the strip shows how far each frame can be trusted. {key} goes to the next bad span.',
    command: 'next-bad',
    side: 'top',
  },
  {
    targets: ['[data-testid="heat-map"]', '[data-testid="timeline"]'],
    title: 'Find the joint',
    text: 'The map shows the same for every joint over time. Click a spot to go there.',
    side: 'top',
  },
  {
    targets: ['[data-testid="compare-b"]', '[data-testid="viewport"]'],
    title: 'Compare',
    text: 'Input and take lie over each other. Hold {key} to see the first version alone.',
    command: 'peek',
    side: 'bottom',
  },
  {
    targets: ['[data-testid="references-panel"]'],
    title: 'Look at references',
    text: 'Clean windows that resemble this moment. Click one to lay it over the clip.',
    side: 'left',
  },
  {
    targets: ['[data-testid="export-button"]'],
    title: 'Export',
    text: 'Writes the take on the clip’s own skeleton; {key} does the same. Settings can show this tour again.',
    command: 'export',
    side: 'left',
  },
];
