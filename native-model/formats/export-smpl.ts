import { nominalFps } from '../../motion/edits/frame-rate.ts';
import { resampleClip } from '../../motion/edits/resample-clip.ts';
import { writeNpz } from '../../motion/formats/python/npz-write.ts';
import { amassArrays } from '../../motion/formats/smpl/amass-arrays.ts';
import type { SmplTrack } from '../../motion/formats/tracks.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { fillUnseen } from '../../motion/skeleton/fill-unseen.ts';
import { clipToSmpl } from '../../motion/skeleton/smpl/clip-to-smpl.ts';
import { retargetToSmpl } from '../../motion/skeleton/smpl/retarget-to-smpl.ts';
import { smplToClip } from '../../motion/skeleton/smpl/smpl-to-clip.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { smplOriginal } from './clip-source.ts';
import type { ExportOptions } from './export-options.ts';
import { cutClip } from './export-rig.ts';
import type { OpenedClip } from './open-clip.ts';
import { nobodySeen } from './skeleton-takes.ts';

/** An AMASS-like NPZ: of a clip of the SMPL family its own rotations and shape, of others SMPL-H by IK. */
export function writeSmpl(clip: OpenedClip, result: SolvedResult | null, options: ExportOptions): Uint8Array {
  const body = smplOriginal(clip.source)?.body;
  const track = smplTrack(clip, result, options);
  const fps = options.fps ?? nominalFps(clip.frameTime);
  return writeNpz(amassArrays({ ...track, fps }, body));
}

/** Joints made up from others pull less. */
const DERIVED_WEIGHT = 0.2;

function smplTrack(clip: OpenedClip, result: SolvedResult | null, options: ExportOptions): SmplTrack {
  const original = smplOriginal(clip.source);
  if (original !== null && clip.source.kind === 'skeleton') {
    const whole = result?.skeletonClip ?? clip.source.clip;
    return clipToSmpl(cutClip(whole, clip, options), original.body, original.track);
  }
  const { range = [0, clip.frameCount - 1], fps } = options;
  const pose = BODY17_COUNT * 3;
  const positions = fillUnseen(result?.body17 ?? clip.body17);
  if (positions === null) throw nobodySeen(clip);
  const part = positions.slice(range[0] * pose, (range[1] + 1) * pose);
  const weights = clip.derived.map((isDerived) => (isDerived ? DERIVED_WEIGHT : 1));
  const { track, body } = retargetToSmpl(part, 1 / nominalFps(clip.frameTime), { weights });
  if (fps === undefined) return track;
  const lead = Math.max(0, clip.leadFrames - range[0]);
  return clipToSmpl(resampleClip(smplToClip(track, body).clip, fps, lead), body, track);
}
