import type { Body17Map } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import type { PoseStore } from '../pvd/pose-store.ts';
import type { WindowReferences } from './find-references.ts';
import type { ReferenceRules } from './reference-rules.ts';
import { refineChannels } from './refine-channels.ts';
import { refineRotations } from './refine-rotations.ts';
import { refineSequence } from './refine-sequence.ts';
import { refineWindows } from './refine-windows.ts';

/** What a network refines; lead frames are left out. */
export interface MotionInput {
  /** Metres, Y up, [frame][17][xyz], without gaps. */
  readonly body17: Float64Array;
  /** 1 where a joint was seen and not filled in, [frame][17]; null: everywhere. */
  readonly seen: Uint8Array | null;
  readonly frameTime: number;
  /** The clip's own skeleton over the same frames, for networks on rotations; null for positions. */
  readonly skeleton: { readonly clip: SkeletonClip; readonly map: Body17Map } | null;
}

/** Where references come from; a null store gives none. */
export interface ReferenceSource {
  readonly store: PoseStore | null;
  readonly rules: ReferenceRules;
}

export interface RefinedMotion {
  /** Metres, [frame][17][xyz]. */
  readonly positions: Float64Array;
  /**
   * Distance between the position and the acceleration branch, mm, [frame][17], averaged over windows. The size of
   * the correction for networks without branches.
   */
  readonly disagreementMm: Float64Array;
  /** Expected root-relative error of each joint, mm, [frame][17], for networks that tell it; not yet calibrated. */
  readonly errorsMm: { readonly before: Float64Array; readonly after: Float64Array } | null;
  /** How unlike the training's poses each frame is, [frame] (see the card's `unfamiliarAbove`), if the network tells. */
  readonly surprise: Float64Array | null;
  readonly references: WindowReferences | null;
  readonly timingsMs: Readonly<Record<string, number>>;
}

/**
 * Refines motion with whatever network the session holds.
 * @throws PoseMendError: 'usage' where the network needs rotations and there are none, 'cancelled'
 */
export function refineMotion(
  input: MotionInput,
  session: OnnxSession,
  references: ReferenceSource,
  hooks: JobHooks,
): Promise<RefinedMotion> {
  const { card } = session.model;
  switch (card.architecture) {
    case 'synsp++':
    case 'synsp':
      return refineWindows(input, { session, card }, references, hooks);
    case 'posemend':
      return refineSequence(input, { session, card }, references, hooks);
    case 'smoothnet':
      return refineChannels(input, { session, card }, hooks);
    case 'hpr-net':
      return refineRotations(input, { session, card }, hooks);
  }
}
