import { PoseMendError } from '../../contract/errors.ts';
import type { ExportChoices, ExportDescription, ExportedFile } from '../../contract/exports.ts';
import { EXPORT_SUFFIXES, holdsSeveralTakes } from '../../contract/file-kinds.ts';
import { exportCompanions } from '../../motion/rig/companions.ts';
import { type ExportOptions, type ExportPlan, exportVersions, planExport } from '../formats/export-clip.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { ExportVersion } from '../formats/skeleton-takes.ts';
import type { EngineSession } from './engine-session.ts';

/** What an export would write. Throws PoseMendError('usage') for choices that cannot be. */
export async function describeExport(
  session: EngineSession,
  choices: ExportChoices,
): Promise<ExportDescription> {
  const clip = await session.clips.clip(choices.clip);
  const { format, ...plan } = planExport(clip, exportOptions(choices));
  const files = [
    ...clipFiles(clip, choices),
    ...scriptFiles(clip, choices, plan).map(({ name }) => ({ name, takes: [] })),
  ];
  return { ...plan, files };
}

/** One of the files that `describeExport` names. */
export async function writeExport(
  session: EngineSession,
  choices: ExportChoices,
  index: number,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const clip = await session.clips.clip(choices.clip);
  const files = clipFiles(clip, choices);
  if (index >= files.length) {
    const script = scriptFiles(clip, choices, planExport(clip, exportOptions(choices)))[index - files.length];
    if (script === undefined)
      throw new PoseMendError('usage', `the export has no file ${index}; describe it again`);
    return { name: script.name, bytes: Buffer.from(script.text) };
  }
  const { name, takes } = files[index];
  const versions: ExportVersion[] = [];
  for (const take of takes) {
    const result = take === null ? null : (await session.take(take, choices.clip)).result;
    versions.push({ name: versionName(choices, take), result });
  }
  return { name, bytes: await exportVersions(clip, versions, exportOptions(choices)) };
}

/** Refined takes first, so that a program that shows one animation shows a clean one. */
function clipFiles(clip: OpenedClip, choices: ExportChoices): readonly ExportedFile[] {
  const versions = [...choices.takes, ...(choices.raw ? [null] : [])];
  if (versions.length === 0) {
    throw new PoseMendError('usage', 'nothing is chosen; tick the input or a take');
  }
  const suffix = EXPORT_SUFFIXES[choices.format];
  if (holdsSeveralTakes(choices.format)) {
    const what = choices.takes.length > 0 ? 'refined' : 'raw';
    return [{ name: `${clip.name}-${what}.${suffix}`, takes: versions }];
  }
  const inOrder = [...(choices.raw ? [null] : []), ...choices.takes];
  return inOrder.map((take) => ({
    name: `${clip.name}-${versionName(choices, take)}.${suffix}`,
    takes: [take],
  }));
}

/** `refined`, numbered where several takes go out together; `raw` for the input. */
function versionName({ takes }: ExportChoices, take: string | null): string {
  if (take === null) return 'raw';
  return takes.length > 1 ? `refined-${takes.indexOf(take) + 1}` : 'refined';
}

/** The preset's script for what is written. */
function scriptFiles(clip: OpenedClip, choices: ExportChoices, { fps }: Pick<ExportPlan, 'fps'>) {
  if (choices.preset === undefined) return [];
  const names = clipFiles(clip, choices).map(({ name }) => name);
  return exportCompanions(choices.preset, names, fps);
}

/** The choices as the encoder takes them: what was not chosen is absent. */
function exportOptions(choices: ExportChoices): ExportOptions {
  const { clip, takes, raw, preset, ...options } = choices;
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as ExportOptions;
}
