import type { RefineReport } from '../../contract/report.ts';
import {
  type ContactRules,
  FEET,
  FOOT_JOINTS,
  type FootContact,
  footContacts,
  SURE_CONTACTS,
} from '../../motion/contact/foot-contacts.ts';
import { type FootLockMode, holdFeet, LOCK_CONTACTS, planFootLock } from '../../motion/contact/foot-lock.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { fromBody17 } from '../../motion/skeleton/layout-from-body17.ts';
import { toBody17 } from '../../motion/skeleton/layout-to-body17.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { GiveWay } from './give-way.ts';

/** Body-17 positions with standing feet held in place. */
export interface PlantedFeet {
  /** Metres, [frame][17][xyz]. */
  readonly targets: Float64Array;
  /** The same without the lock; the very array of `targets` where nothing is held. */
  readonly unlocked: Float64Array;
  /** How firmly each ankle is held, 0..1, [frame][left right]; null where nothing is held. */
  readonly holds: Float64Array | null;
  readonly contacts: RefineReport['footContacts'];
  /** Contacts that leave little doubt: the same for every take of one analysis, so that their numbers compare. */
  readonly sureContacts: readonly FootContact[];
}

export interface PlantSettings {
  /** Per frame, 0..1; frames of weight 0 stay. */
  readonly weights: Float64Array;
  /** Per body-17 joint, whether it is refined; all by default. */
  readonly joints?: readonly boolean[];
  readonly footLock?: FootLockMode;
}

const POSE = BODY17_COUNT * 3;
/** Frames between two pauses. */
const FRAMES_PER_STEP = 1024;

/**
 * Finds when feet stand in the refined motion and, if asked to, holds them there in what is blended of it.
 *
 * @param refined the full refinement, metres, [frame][17][xyz]; empty for 2D, which has no contacts
 * @param blended what of it is wanted, same shape
 */
export async function plantFeet(
  clip: Pick<OpenedClip, 'frameTime' | 'leadFrames' | 'derived'> & Partial<Pick<OpenedClip, 'gaps'>>,
  refined: Float64Array,
  blended: Float64Array,
  { weights, joints, footLock = 'off' }: PlantSettings,
  giveWay: GiveWay,
): Promise<PlantedFeet> {
  const { frameTime, leadFrames, derived, gaps = [] } = clip;
  const isInGap = ({ start, end }: FootContact): boolean =>
    gaps.some(([first, last]) => start >= first && end <= last);
  // In a T-pose nobody stands where the motion begins.
  const motion = refined.subarray(leadFrames * POSE);
  const find = (rules: ContactRules): FootContact[] =>
    footContacts(motion, frameTime, rules)
      .map(({ foot, start, end }) => ({ foot, start: start + leadFrames, end: end + leadFrames }))
      .filter((contact) => !isInGap(contact));
  const sureContacts = find(SURE_CONTACTS);
  await giveWay();
  const rules = LOCK_CONTACTS[footLock];
  const contacts = rules === SURE_CONTACTS ? sureContacts : find(rules);
  await giveWay();
  if (footLock === 'off' || contacts.length === 0) {
    const free = contacts.map((contact) => ({ ...contact, locked: false }));
    return { targets: blended, unlocked: blended, holds: null, contacts: free, sureContacts };
  }
  // A joint left out, or one the clip does not have, cannot be moved.
  const feet = FEET.filter((foot) => {
    const { knee, ankle } = FOOT_JOINTS[foot];
    return [knee, ankle].every((joint) => joints?.[joint] !== false && !derived[joint]);
  });
  const canLean = joints === undefined || joints.every(Boolean);
  const mode = { mode: footLock, frameTime, weights, feet, canLean };
  const plan = planFootLock(blended, contacts, mode);
  await giveWay();
  const targets = blended.slice();
  for (let first = 0; first < weights.length; first += FRAMES_PER_STEP) {
    holdFeet(targets, blended, plan, first, Math.min(weights.length, first + FRAMES_PER_STEP));
    await giveWay();
  }
  return { targets, unlocked: blended, holds: plan.holds, contacts: plan.contacts, sureContacts };
}

/** By how much a held ankle counts more than other joints, so that the bones that do not fit give elsewhere. */
const HOLD_WEIGHT = 8;

/** Trust in each target of the IK, [frame][17]; undefined where no foot is held. */
export function holdWeights({ holds }: Pick<PlantedFeet, 'holds'>): Float64Array | undefined {
  if (holds === null) return undefined;
  const out = new Float64Array((holds.length / FEET.length) * BODY17_COUNT).fill(1);
  for (let at = 0; at < holds.length; at++) {
    const { ankle } = FOOT_JOINTS[FEET[at % FEET.length]];
    out[Math.floor(at / FEET.length) * BODY17_COUNT + ankle] += (HOLD_WEIGHT - 1) * holds[at];
  }
  return out;
}

/** Moves a layout's own joints, metres, [frame][layout joint][xyz], as the lock moved body-17. */
export function carryLock(
  positions: Float64Array,
  { targets, unlocked }: Pick<PlantedFeet, 'targets' | 'unlocked'>,
  layout: LayoutName,
): Float64Array {
  if (targets === unlocked) return positions;
  const own = toBody17(positions, targets.length / POSE, layout).positions;
  const moved = own.map((value, at) =>
    targets[at] === unlocked[at] ? value : value + (targets[at] - unlocked[at]),
  );
  return fromBody17(positions, moved, own, layout, 3);
}
