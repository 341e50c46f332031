import { PoseMendError } from '../../contract/errors.ts';
import type { ExportChoices, ExportDescription } from '../../contract/exports.ts';
import { planExport } from '../formats/export-clip.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { EngineSession } from './engine-session.ts';

/** What an export would write. Throws PoseMendError('usage') for choices that cannot be. */
export async function describeExport(
  session: EngineSession,
  choices: ExportChoices,
): Promise<ExportDescription> {
  const clip = await session.clips.clip(choices.clip);
  const { format, range, fps, unit, up } = choices;
  const plan = planExport(clip, {
    format,
    unit,
    up,
    ...(range === undefined ? {} : { range }),
    ...(fps === undefined ? {} : { fps }),
  });
  const versions = [...(choices.raw ? [null] : []), ...choices.takes];
  if (versions.length === 0) {
    throw new PoseMendError('usage', 'nothing is chosen; tick the input or a take');
  }
  return {
    files: versions.map((take) => ({ name: exportFileName(clip, choices, take), take })),
    frames: plan.frames,
    fps: plan.fps,
    unit: plan.unit,
    up: plan.up,
    joints: plan.joints,
    remarks: plan.remarks,
  };
}

/** `walk-refined.bvh`, numbered where several takes go out together; `walk-raw.bvh` for the input. */
export function exportFileName(clip: OpenedClip, choices: ExportChoices, take: string | null): string {
  if (take === null) return `${clip.name}-raw.${choices.format}`;
  const number = choices.takes.length > 1 ? `-${choices.takes.indexOf(take) + 1}` : '';
  return `${clip.name}-refined${number}.${choices.format}`;
}
