import { PoseMendError } from '../../contract/errors.ts';
import type { ExportChoices, ExportDescription } from '../../contract/exports.ts';
import { type ExportOptions, planExport } from '../formats/export-clip.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { EngineSession } from './engine-session.ts';

/** What an export would write. Throws PoseMendError('usage') for choices that cannot be. */
export async function describeExport(
  session: EngineSession,
  choices: ExportChoices,
): Promise<ExportDescription> {
  const clip = await session.clips.clip(choices.clip);
  const plan = planExport(clip, exportOptions(choices));
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

/** The choices as the encoder takes them: what was not chosen is absent. */
export function exportOptions({ format, range, fps, unit, up }: ExportChoices): ExportOptions {
  return {
    format,
    unit,
    up,
    ...(range === undefined ? {} : { range }),
    ...(fps === undefined ? {} : { fps }),
  };
}
