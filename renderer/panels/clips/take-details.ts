import type { TakeInfo } from '../../../contract/takes.ts';
import { clockTime, numberText, percentText } from '../parts/number-text.ts';

/** How a take was made and what is left of the error, for its line in the tree: `synsp++ · 15.3 mm · 80 % · 14:03`. */
export function takeDetails({ choices, report, madeAt }: TakeInfo): string {
  const { range, joints, footLock = 'off' } = choices;
  const left = report.summary.expectedErrorAfterMm;
  return [
    choices.model,
    left === 0 ? '' : `${numberText(left)} mm`,
    percentText(choices.strength),
    range === undefined ? '' : `${range[0]}–${range[1]}`,
    joints?.includes(false) ? 'some joints' : '',
    footLock === 'off' ? '' : `lock ${footLock}`,
    clockTime(madeAt),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The same in whole words. */
export function takeDescription({ choices, report, madeAt }: TakeInfo): string {
  const { range, joints, footLock = 'off', useLibrary, tags } = choices;
  const left = report.summary.expectedErrorAfterMm;
  return [
    `Method ${choices.model}, strength ${percentText(choices.strength)}`,
    range === undefined
      ? 'whole clip'
      : `frames ${range[0]} to ${range[1]}, feather ${choices.featherFrames}`,
    joints?.includes(false) ? `${joints.filter(Boolean).length} of ${joints.length} joints` : 'all joints',
    footLock === 'off' ? '' : `foot lock ${footLock}`,
    useLibrary ? `with references${tags.length === 0 ? '' : ` tagged ${tags.join(', ')}`}` : 'no references',
    `on ${report.device}`,
    left === 0 ? 'expected error unknown' : `expected error ${numberText(left)} mm`,
    `made at ${clockTime(madeAt)}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}
