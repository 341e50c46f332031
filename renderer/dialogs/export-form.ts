import type { ExportChoices } from '../../contract/exports.ts';
import type { ClipEdits } from '../state/document.ts';
import {
  type ExportedClip,
  type ExportPresetName,
  type ExportTarget,
  presetTarget,
} from './export-presets.ts';

/** What the fields of the export dialog hold. */
export interface ExportForm {
  /** Null once format, unit or axis were changed by hand. */
  readonly preset: ExportPresetName | null;
  readonly target: ExportTarget;
  readonly takes: readonly string[];
  readonly raw: boolean;
  /** Whether only the frames from the in to the out point are written. */
  readonly isCut: boolean;
  /** Frames per second; null for the clip's own. */
  readonly fps: number | null;
}

/** What is kept from one export to the next, whatever the clip. */
export type ExportHabit = Pick<ExportForm, 'preset' | 'target' | 'fps'>;

/** Starts from the take on show, or the input where there is none, and from the last export of the session. */
export function startingForm(clip: ExportedClip, edits: ClipEdits, habit: ExportHabit | null): ExportForm {
  const shown = [edits.compare.b, edits.compare.a].find((version) => version !== null && version !== 'input');
  const take = shown ?? edits.takes.at(-1);
  return {
    ...habitFor(clip, habit),
    takes: take === undefined || take === null ? [] : [take],
    raw: take === undefined || take === null,
    isCut: edits.range !== null,
  };
}

/** A format chosen by hand for another clip holds for this one too, unless it cannot be written. */
function habitFor(clip: ExportedClip, habit: ExportHabit | null): ExportHabit {
  const { preset, target, fps } = habit ?? { preset: 'as-input', target: null, fps: null };
  if (preset !== null) return { preset, target: presetTarget(preset, clip), fps };
  if (clip.dimensions === 2 || target === null) {
    return { preset: 'as-input', target: presetTarget('as-input', clip), fps };
  }
  return { preset, target, fps };
}

/** What the engine is asked to write. Takes are in the order of the list, whatever the order they were ticked in. */
export function exportChoices(clip: string, edits: ClipEdits, form: ExportForm): ExportChoices {
  return {
    clip,
    takes: edits.takes.filter((take) => form.takes.includes(take)),
    raw: form.raw,
    ...form.target,
    ...(form.isCut && edits.range !== null ? { range: [edits.range[0], edits.range[1]] } : {}),
    ...(form.fps === null ? {} : { fps: form.fps }),
  };
}
