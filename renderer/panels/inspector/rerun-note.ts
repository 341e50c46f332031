import type { ModelSummary } from '../../../contract/engine-info.ts';
import type { TakeInfo } from '../../../contract/takes.ts';
import type { ClipEdits } from '../../state/document.ts';

type Choices = Pick<
  ClipEdits,
  | 'model'
  | 'strength'
  | 'range'
  | 'featherFrames'
  | 'joints'
  | 'footLock'
  | 'useLibrary'
  | 'tags'
  | 'person'
  | 'device'
>;

/**
 * What the next run costs, measured at the takes there are. Strength, range, feather, joints and foot lock are applied to
 * an answer the engine keeps; method, library, tags, person and device need a new one.
 */
export function rerunNote(
  edits: Choices,
  takes: readonly TakeInfo[],
  models: readonly ModelSummary[],
): string {
  const isFilter = models.find(({ name }) => name === edits.model)?.kind === 'filter';
  if (takes.length === 0) {
    return isFilter
      ? 'A filter runs in a moment.'
      : 'The first run asks the network for its answer; later ones can reuse it.';
  }
  if (takes.some(({ choices }) => isSameAnswer(edits, choices, isFilter) && isSameUse(edits, choices))) {
    return 'A take with these settings is there already.';
  }
  if (takes.some(({ choices }) => isSameAnswer(edits, choices, isFilter))) {
    return isFilter
      ? 'The next run reuses the filter’s answer.'
      : 'The next run reuses the network’s answer: only strength, range, joints or foot lock differ.';
  }
  return isFilter
    ? 'The next run filters anew: the method is another.'
    : 'The next run asks the network anew: method, references, person or device differ.';
}

/** Whether the engine would take its answer from what it worked out for a take. */
function isSameAnswer(edits: Choices, choices: TakeInfo['choices'], isFilter: boolean): boolean {
  if (edits.model !== choices.model) return false;
  if (isFilter) return true;
  if (edits.device !== choices.device || edits.useLibrary !== choices.useLibrary) return false;
  return setText(edits.tags) === setText(choices.tags) && edits.person === (choices.person ?? '');
}

function isSameUse(edits: Choices, choices: TakeInfo['choices']): boolean {
  const joints = choices.joints ?? edits.joints.map(() => true);
  const isSameRange = edits.range?.join() === choices.range?.join();
  return (
    isSameRange &&
    edits.strength === choices.strength &&
    edits.footLock === (choices.footLock ?? 'off') &&
    // The feather lies at the ends of a range.
    (edits.range === null || edits.featherFrames === choices.featherFrames) &&
    edits.joints.every((isPicked, joint) => isPicked === joints[joint])
  );
}

function setText(tags: readonly string[]): string {
  return JSON.stringify([...new Set(tags)].sort());
}
