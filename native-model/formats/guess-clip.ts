import type { Guess, ImportGuess } from '../../contract/clips.ts';
import { nominalFps } from '../../motion/edits/frame-rate.ts';
import { FormatError } from '../../motion/errors.ts';
import { nameOfUpAxis } from '../../motion/formats/axes.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import { guessBvhUnit, guessBvhUpAxis } from '../../motion/formats/bvh-guess.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import type { NpyArray } from '../../motion/formats/npy-array.ts';
import type { NpyPositions } from '../../motion/formats/npy-positions.ts';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { isUsuallyRotations } from '../../motion/formats/npy-shapes.ts';
import { guessUnits } from '../../motion/formats/position-guess.ts';
import { LAYOUT_NAMES, type LayoutName, layoutJointCount } from '../../motion/skeleton/layouts.ts';
import { NO_PARENT } from '../../motion/skeleton/skeleton.ts';
import { isLifterInstalled } from '../lift/lifter-card.ts';
import { guessTracks } from './guess-tracks.ts';
import { ASSUMED_FPS, pickLayout, readPositions } from './npy-content.ts';
import { isPlainArray, tracksOf } from './open-clip.ts';
import { readClipFile } from './read-clip-file.ts';

/** What is left of a guess where the file's name and format are known. */
type ContentGuess = Omit<ImportGuess, 'format' | 'name' | 'isCertain'>;

/** What a file without several people, animations or ROOTs has to say of them. */
const ALONE = {
  people: [],
  person: '',
  peopleAre: 'people',
  roots: [],
  takesBodyModel: false,
} as const;

/**
 * What `openClip` would take a file for, with reasons.
 * @param person whose motion the guess is about, where a file holds several
 * @throws FormatError and PoseMendError as `openClip` does, but not for what a user can still say: the layout
 * of flat rows, the frame rate of a BVH without one.
 */
export async function guessClip(path: string, person?: string): Promise<ImportGuess> {
  const file = await readClipFile(path);
  const { bytes, format, name } = file;
  const content =
    format === 'bvh'
      ? guessBvh(bytes, path)
      : isPlainArray(file, undefined)
        ? guessNpy(readNpy(bytes, path), path)
        : unsureOfArrays(guessTracks(await tracksOf(file), path, person), format);
  const { producer, layout, fps, unit, up, people, roots, canLift } = content;
  const isSure = [producer, layout, fps, unit, up].every(({ confidence }) => confidence === 'high');
  const isCertain = isSure && people.length < 2 && roots.length < 2 && !canLift;
  return { format, name, ...content, isCertain };
}

/** An array without keys does not say what it holds. */
function unsureOfArrays(guess: ContentGuess, format: ImportGuess['format']): ContentGuess {
  if (format !== 'npy') return guess;
  return { ...guess, producer: { ...guess.producer, confidence: 'low' } };
}

function guessBvh(bytes: Uint8Array, path: string): ContentGuess {
  const { document, fps } = readTimedBvh(bytes, path);
  if (document.frameCount === 0) {
    const advice = 'export the clip again with its animation';
    throw new FormatError(path, 'MOTION', 'the file has a skeleton but no frames', advice);
  }
  const unit = guessBvhUnit(document);
  const up = guessBvhUpAxis(document);
  return {
    ...ALONE,
    producer: { value: 'BVH skeleton and motion', reason: 'its suffix and keywords', confidence: 'high' },
    kind: 'skeleton',
    roots: document.joints.filter(({ parent }) => parent === NO_PARENT).map(({ uniqueName }) => uniqueName),
    canLift: false,
    asks: ['fps', 'unit', 'up'],
    shape: null,
    dimensions: 3,
    frameCount: document.frameCount,
    layout: { value: null, reason: 'the joints of a BVH have names', confidence: 'high', candidates: [] },
    fps,
    unit: { value: unit.unit, reason: unit.reason, confidence: unit.confidence },
    up: { value: up.upAxis, reason: up.reason, confidence: up.confidence },
  };
}

/** Only the frame time of a BVH can be said by the user; any other fault is thrown. */
function readTimedBvh(
  bytes: Uint8Array,
  path: string,
): { readonly document: BvhDocument; readonly fps: Guess<number> } {
  try {
    const document = readBvh(bytes, path);
    const value = nominalFps(document.frameTime);
    const isRate = document.frameTime >= 1;
    const reason = isRate
      ? `Frame Time is ${document.frameTime} s, which may be a frame rate`
      : `Frame Time is ${document.frameTime} s`;
    return { document, fps: { value, reason, confidence: isRate ? 'low' : 'high' } };
  } catch (error) {
    const document = readBvh(bytes, path, { frameTime: 1 / ASSUMED_FPS });
    const reason = `the file has no usable Frame Time; taken as ${ASSUMED_FPS} per second`;
    if (!(error instanceof FormatError)) throw error;
    return { document, fps: { value: ASSUMED_FPS, reason, confidence: 'low' } };
  }
}

function guessNpy(array: NpyArray, path: string): ContentGuess {
  const { shape } = array;
  const flatLayouts = shape.length === 2 ? layoutsOfFlatRows(shape[1]) : [];
  const npy = readPositions(array, path, flatLayouts[0]);
  const layout = flatLayouts.length > 0 ? guessFlatLayout(npy, flatLayouts) : guessLayout(npy);
  const asks: ContentGuess['asks'] =
    npy.dimensions === 3 ? ['layout', 'fps', 'unit', 'up'] : ['layout', 'fps'];
  const common = {
    ...ALONE,
    asks,
    producer: {
      value: npy.dimensions === 3 ? 'NPY array of 3D joint positions' : 'NPY array of 2D keypoints',
      reason: `shape (${shape.join(', ')})`,
      confidence: 'high',
    },
    kind: 'positions',
    canLift: npy.dimensions === 2 && isLifterInstalled(),
    shape,
    dimensions: npy.dimensions,
    frameCount: npy.frameCount,
    layout,
    fps: {
      value: ASSUMED_FPS,
      reason: `an array has no frame rate; taken as ${ASSUMED_FPS} per second`,
      confidence: 'low',
    },
  } as const;
  if (npy.dimensions === 2) {
    const asFound = { reason: '2D keypoints are pixels and stay as found', confidence: 'high' } as const;
    return { ...common, unit: { value: 'm', ...asFound }, up: { value: 'y', ...asFound } };
  }
  // Unit and axes show in head and ankles; where those are, any candidate knows better than none.
  const { unit, up } = guessUnits(npy.positions, layout.value ?? layout.candidates[0]);
  const isSure = layout.value !== null;
  return {
    ...common,
    unit: { value: unit.unit, reason: unit.reason, confidence: isSure ? unit.confidence : 'low' },
    up: { value: nameOfUpAxis(up.axis), reason: up.reason, confidence: isSure ? up.confidence : 'low' },
  };
}

function guessLayout(npy: NpyPositions): ContentGuess['layout'] {
  const { layout, reason, confidence } = pickLayout(npy, undefined);
  return { value: layout, reason, confidence, candidates: npy.layouts };
}

/** Rows without an axis of joints: their length says which layouts fit, and is often that of rotations. */
function guessFlatLayout(npy: NpyPositions, candidates: readonly LayoutName[]): ContentGuess['layout'] {
  const columns = npy.array.shape[1];
  const fits = `rows of ${columns} numbers fit ${candidates.join(', ')}`;
  if (isUsuallyRotations(columns)) {
    const reason = `${fits}, but are often rotations, which are no positions`;
    return { value: null, reason, confidence: 'low', candidates };
  }
  const { layout, reason, confidence } = pickLayout({ ...npy, layouts: candidates }, undefined);
  const value = confidence === 'high' ? layout : null;
  return { value, reason: `${fits}; ${reason}`, confidence: 'low', candidates };
}

/** Layouts whose joints fill a row of this many numbers, 3D before 2D. */
function layoutsOfFlatRows(columns: number): LayoutName[] {
  return [3, 2].flatMap((dimensions) =>
    LAYOUT_NAMES.filter((layout) => layoutJointCount(layout) * dimensions === columns),
  );
}
