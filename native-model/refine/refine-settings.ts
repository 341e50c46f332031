import { PoseMendError } from '../../contract/errors.ts';
import type { FootLockMode } from '../../motion/contact/foot-lock.ts';
import { FILTER_NAMES, type FilterName } from '../../motion/filters/filter.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { modelNames, readModelCard } from '../inference/model-card.ts';
import type { Device } from '../inference/onnx-session.ts';
import { needsRotations } from './refine-rotations.ts';
import type { LibraryChoice } from './resources.ts';

/** What an analysis depends on, besides the clip. */
export interface AnalysisSettings {
  /** A model's folder name or a filter's name. */
  readonly model: string;
  readonly device: Device;
  /** Where references come from. */
  readonly library: LibraryChoice;
  /** Only entries that carry every one of these tags are consulted. */
  readonly tags?: readonly string[];
  /** Who performs the clip; entries of this person are not consulted. */
  readonly person?: string;
}

/** What part of an analysis a take gets; changing it needs no new analysis. */
export interface ComposeSettings {
  /** 0 gives the input back, 1 the full refinement. */
  readonly strength: number;
  /** First and last frame to refine, inclusive; the whole clip by default. */
  readonly range?: readonly [number, number];
  /** Frames over which the range fades in and out, inside it. */
  readonly featherFrames?: number;
  /**
   * Per body-17 joint, whether it is refined; all by default. A joint left out stays at the input's place: in
   * position files exactly, on a skeleton as closely as constant bone lengths allow beside refined neighbours.
   * Joints body-17 does not have follow the ones they move with.
   */
  readonly joints?: readonly boolean[];
  /** Smooths rotations the positions say nothing of (hands, toes, twist), seconds; by default as noisy as the clip is. */
  readonly smoothRotationsSeconds?: number;
  /** Whether standing feet are held in place, and how firmly; off by default. Says nothing to 2D clips. */
  readonly footLock?: FootLockMode;
}

export interface RefineSettings extends AnalysisSettings, ComposeSettings {}

export function isFilterName(model: string): model is FilterName {
  return (FILTER_NAMES as readonly string[]).includes(model);
}

/**
 * @throws PoseMendError: 'usage' if the model does not exist or cannot treat the clip, 'failed' if its card is missing
 *   or damaged
 */
export function checkModel(clip: OpenedClip, model: string): void {
  if (isFilterName(model)) return;
  const installed = modelNames();
  if (installed.length > 0 && !installed.includes(model)) {
    const names = [...installed, ...FILTER_NAMES].join(', ');
    throw new PoseMendError('usage', `there is no model '${model}'; there are ${names}`);
  }
  if (clip.dimensions === 2 && readModelCard(model).card.architecture !== 'smoothnet') {
    throw new PoseMendError(
      'usage',
      `${clip.path}: '${model}' refines 3D positions and this clip is 2D; lift it to 3D (--lift), or use smoothnet-32 or a filter, such as gaussian`,
    );
  }
  if (clip.source.kind !== 'skeleton' && readModelCard(model).card.architecture === 'hpr-net') {
    throw new PoseMendError('usage', `${clip.path}: ${needsRotations(model)}`);
  }
}

/** Throws PoseMendError('usage') for settings that do not fit the clip. */
export function checkCompose(clip: OpenedClip, { strength, range, joints }: ComposeSettings): void {
  if (!(strength >= 0 && strength <= 1)) {
    throw new PoseMendError('usage', `strength is ${strength}; give a number from 0 to 1`);
  }
  if (range !== undefined && !(range[0] >= 0 && range[0] <= range[1] && range[1] < clip.frameCount)) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: range ${range[0]}:${range[1]} is not inside the clip; its frames are 0:${clip.frameCount - 1}`,
    );
  }
  if (joints !== undefined && joints.length !== BODY17_COUNT) {
    throw new PoseMendError('usage', `joints has ${joints.length} values; give one for each of 17 joints`);
  }
}
