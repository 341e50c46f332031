import type { RefineChoices } from '../../../contract/takes.ts';

/** Whether a take holds the whole refinement: full strength, every frame, every joint. */
export function isFullRefine({
  strength,
  range,
  joints,
}: Pick<RefineChoices, 'strength' | 'range' | 'joints'>): boolean {
  return strength === 1 && range === undefined && joints?.includes(false) !== true;
}
