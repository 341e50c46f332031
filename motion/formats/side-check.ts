import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { type BodyCues, bodyCues } from './side-cues.ts';

export type SideVerdict = 'fine' | 'swapped legs' | 'swapped arms' | 'mirrored' | 'upside down' | 'unclear';

export interface SideCheck {
  readonly verdict: SideVerdict;
  /** One sentence for the user. */
  readonly reason: string;
  readonly confidence: 'high' | 'low';
}

/** More than half of a motion head down is a wrong axis; handstands end. */
const UPSIDE_DOWN = -0.3;
/** Cosine between the hips' and the shoulders' left below which they are opposed in most frames; a twist is far above. */
const OPPOSED = -0.3;
/** Share of the cues' weight by which one side wins. */
const CLEAR = 0.25;
const SURE = 0.45;
/** Weight of cues below which a body shows nothing: stiff legs, no path. */
const ENOUGH = 0.25;

/**
 * Whether left and right, front and back, up and down of a body agree. Where a body faces shows in which way knees and
 * elbows bend, where the head is before the trunk and where it walks; left of that must be where the left hip and the left
 * shoulder are.
 *
 * @param body17 metres, Y up, [frame][17][xyz]; frames with missing joints are skipped
 */
export function checkSides(body17: Float64Array): SideCheck {
  if (body17.length % (BODY17_COUNT * 3) !== 0)
    throw new RangeError(`${body17.length} numbers are no frames of ${Object.keys(BODY17).length} joints`);
  const cues = bodyCues(body17);
  if (cues === null)
    return { verdict: 'unclear', reason: 'no frame has hips and shoulders', confidence: 'low' };
  if (cues.upright < UPSIDE_DOWN) {
    const reason = `the thorax is below the pelvis in ${percent(cues.headDown)} of the frames`;
    return { verdict: 'upside down', reason, confidence: cues.headDown > 0.8 ? 'high' : 'low' };
  }
  const { facing, weight } = facingOf(cues);
  const confidence = Math.abs(facing) > SURE && weight > 2 * ENOUGH ? 'high' : 'low';
  if (cues.agreement < OPPOSED) return opposed(cues, facing, weight, confidence);
  if (weight < ENOUGH || Math.abs(facing) < CLEAR) {
    const reason = `hips and shoulders agree, but nothing clear shows where the body faces (${cueList(cues)})`;
    return { verdict: 'unclear', reason, confidence: 'low' };
  }
  const reason = `hips and shoulders agree; ${cueList(cues)}`;
  return { verdict: facing > 0 ? 'fine' : 'mirrored', reason, confidence };
}

/** Left hip on the side of the right shoulder: `facing` is as the shoulders have it, so the legs are wrong where that is right. */
function opposed(
  cues: BodyCues,
  facing: number,
  weight: number,
  confidence: SideCheck['confidence'],
): SideCheck {
  const apart = 'the left hip is on the side of the right shoulder';
  if (weight < ENOUGH || Math.abs(facing) < CLEAR) {
    const reason = `${apart}; legs are swapped more often than arms`;
    return { verdict: 'swapped legs', reason, confidence: 'low' };
  }
  const verdict = facing > 0 ? 'swapped legs' : 'swapped arms';
  return { verdict, reason: `${apart}; by the shoulders, ${cueList(cues)}`, confidence };
}

/** Weighted mean of the cues, -1 (backwards) to 1 (forwards). */
function facingOf({ cues }: BodyCues): { readonly facing: number; readonly weight: number } {
  const weight = cues.reduce((sum, cue) => sum + cue.weight, 0);
  const facing = cues.reduce((sum, cue) => sum + cue.weight * cue.forward, 0);
  return { facing: weight === 0 ? 0 : facing / weight, weight };
}

function cueList({ cues }: BodyCues): string {
  const seen = cues.filter(({ weight }) => weight > 0.05);
  if (seen.length === 0) return 'no bent knees, no path';
  return seen.map(({ name, forward }) => `${name} ${forward > 0 ? 'forwards' : 'backwards'}`).join(', ');
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}
