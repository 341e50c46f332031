import type { TakeSummary } from '../../../contract/report.ts';
import { numberText } from '../parts/number-text.ts';

/** How a value went from the input to the take. */
export interface NumberChange {
  readonly direction: 'down' | 'up' | 'same';
  /** `36 %`. */
  readonly text: string;
  readonly verdict: 'better' | 'worse' | 'neither';
}

/** One line of the table of numbers, ready to print. `–` stands for what was not measured. */
export interface NumberRow {
  readonly title: string;
  readonly unit: string;
  readonly explanation: string;
  readonly before: string;
  readonly after: string;
  readonly change: NumberChange | null;
}

const NOT_MEASURED = '–';
/** A change that rounds to nothing. */
const SAME_PERCENT = 0.5;

/**
 * The take's numbers beside those of its input; none for 2D clips, where nothing is measured in metres.
 */
export function numberRows(summary: TakeSummary, dimensions: 2 | 3): NumberRow[] {
  if (dimensions === 2) return [];
  return [
    lowerIsBetter(
      'Expected error',
      'mm',
      'How far joints are expected to be from the truth, on average; the network’s own estimate, calibrated on clips it has not seen. Filters cannot tell.',
      summary.expectedErrorBeforeMm,
      summary.expectedErrorAfterMm,
    ),
    lowerIsBetter(
      'Accel',
      'mm/frame²',
      'Mean size of the joints’ acceleration, from second differences. Noise adds to it; so does lively motion.',
      summary.accelBeforeMmPerFrame2,
      summary.accelAfterMmPerFrame2,
    ),
    lowerIsBetter(
      'Jitter',
      'm/s³',
      'Mean jerk of the joints in the world: how much the acceleration itself shakes.',
      summary.jitterBeforeMPerS3,
      summary.jitterAfterMPerS3,
    ),
    boneLengthSpread(summary),
    lowerIsBetter(
      'Foot slide',
      'mm/frame',
      'How far the ankle of a standing foot travels per frame.',
      summary.footSlideBeforeMmPerFrame,
      summary.footSlideAfterMmPerFrame,
    ),
    {
      title: 'Range of motion kept',
      unit: '%',
      explanation:
        'Extent of the joints’ motion about the root, after over before. Far below 100 %, motion was smoothed away.',
      before: '100',
      after:
        summary.rangeOfMotionKeptPercent === 0 ? NOT_MEASURED : numberText(summary.rangeOfMotionKeptPercent),
      change:
        summary.rangeOfMotionKeptPercent === 0
          ? null
          : changeOf(100, summary.rangeOfMotionKeptPercent, false),
    },
    {
      title: 'Mean movement',
      unit: 'mm',
      explanation: 'How far the refine moved a joint, on average.',
      before: NOT_MEASURED,
      after: numberText(summary.movedMm),
      change: null,
    },
  ];
}

function lowerIsBetter(
  title: string,
  unit: string,
  explanation: string,
  before: number,
  after: number,
): NumberRow {
  // The report writes 0 where a value is unknown; no measured clip has exactly none.
  const isKnown = before !== 0 || after !== 0;
  return {
    title,
    unit,
    explanation,
    before: isKnown ? numberText(before) : NOT_MEASURED,
    after: isKnown ? numberText(after) : NOT_MEASURED,
    change: isKnown && before !== 0 ? changeOf(before, after, true) : null,
  };
}

/** Unlike the others it may well be 0: on a skeleton bones do not change. */
function boneLengthSpread({ boneLengthSpreadBeforeMm, boneLengthSpreadAfterMm }: TakeSummary): NumberRow {
  const row = lowerIsBetter(
    'Bone-length spread',
    'mm',
    'Standard deviation of the bones’ lengths over the clip. A real body, and a skeleton, has none.',
    boneLengthSpreadBeforeMm,
    boneLengthSpreadAfterMm,
  );
  return row.before === NOT_MEASURED ? { ...row, before: '0', after: '0' } : row;
}

function changeOf(before: number, after: number, isJudged: boolean): NumberChange {
  const percent = (100 * (after - before)) / before;
  if (Math.abs(percent) < SAME_PERCENT) return { direction: 'same', text: '0 %', verdict: 'neither' };
  const direction = percent < 0 ? 'down' : 'up';
  const verdict = direction === 'down' ? 'better' : 'worse';
  return {
    direction,
    text: `${Math.round(Math.abs(percent))} %`,
    verdict: isJudged ? verdict : 'neither',
  };
}
