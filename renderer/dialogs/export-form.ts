import type { ExportChoices, ExportPreset } from '../../contract/exports.ts';
import { type ExportFormat, holdsSeveralTakes, isRigFormat } from '../../contract/file-kinds.ts';
import type { ClipEdits } from '../state/document.ts';
import { type ExportedClip, hasChoiceOfUnit } from './export-formats.ts';
import { changedTarget, type ExportPresetName, type ExportTarget } from './export-presets.ts';

/** What the fields of the export dialog hold. */
export interface ExportForm {
  readonly preset: ExportPresetName;
  /** What was changed by hand of what the preset says. */
  readonly changes: Partial<ExportTarget>;
  readonly takes: readonly string[];
  readonly raw: boolean;
  /** Whether only the frames from the in to the out point are written. */
  readonly isCut: boolean;
  /** Frames per second; null for the clip's own. */
  readonly fps: number | null;
}

/** What is kept from one export to the next, whatever the clip. */
export type ExportHabit = Pick<ExportForm, 'preset' | 'changes' | 'fps'>;

const FIRST_HABIT: ExportHabit = { preset: 'as-input', changes: {}, fps: null };

/** Starts from the take on show, or the input where there is none, and from the last export of the session. */
export function startingForm(edits: ClipEdits, habit: ExportHabit | null): ExportForm {
  const shown = [edits.compare.b, edits.compare.a].find((version) => version !== null && version !== 'input');
  const take = shown ?? edits.takes.at(-1);
  return {
    ...(habit ?? FIRST_HABIT),
    takes: take === undefined || take === null ? [] : [take],
    raw: take === undefined || take === null,
    isCut: edits.range !== null,
  };
}

/**
 * What the engine is asked to write: of the fields only those that the format has. Takes are in the order of the list,
 * whatever the order they were ticked in.
 */
export function exportChoices(
  id: string,
  clip: ExportedClip,
  edits: ClipEdits,
  form: ExportForm,
): ExportChoices {
  const target = changedTarget(form.preset, form.changes, clip);
  return {
    clip: id,
    takes: edits.takes.filter((take) => form.takes.includes(take)),
    raw: form.raw,
    ...targetChoices(target),
    ...(form.preset !== 'as-input' && hasScript(form.preset, target.format) ? { preset: form.preset } : {}),
    ...(form.isCut && edits.range !== null ? { range: [edits.range[0], edits.range[1]] } : {}),
    ...(form.fps === null ? {} : { fps: form.fps }),
  };
}

/** Whether a script that imports the file can go with it: Unity reads only FBX by itself, Blender all rigs. */
function hasScript(preset: ExportPreset, format: ExportFormat): boolean {
  return preset === 'unity' ? format === 'fbx' : isRigFormat(format);
}

type TargetChoices = Pick<ExportChoices, keyof ExportTarget>;

function targetChoices(target: ExportTarget): TargetChoices {
  const { format, unit, up, names, rootMotion, keyErrorMm, restFrame } = target;
  const isRig = isRigFormat(format);
  const hasUnit = hasChoiceOfUnit(format);
  return {
    format,
    unit: hasUnit ? unit : 'as-input',
    up: hasUnit ? up : 'as-input',
    ...(isRig && names !== 'as-input' ? { names } : {}),
    ...(isRig && rootMotion !== 'hips' ? { rootMotion } : {}),
    ...(holdsSeveralTakes(format) && keyErrorMm > 0 ? { keyErrorMm } : {}),
    ...(format === 'bvh' && restFrame ? { restFrame } : {}),
  };
}
