import { FormatError, type FormatWarning } from '../../errors.ts';
import { dotQuat } from '../../math/quat.ts';
import type { UpAxis } from '../axes.ts';
import type { SmplModel, SmplTrack } from '../tracks.ts';
import { guessSmplUp } from './guess-smpl-up.ts';
import { shapeText, type Tensor } from './py-tensor.ts';
import type { RotationRows } from './rotation-rows.ts';

/** One person as a file has it: rows, and the frames they belong to. */
export interface SmplPerson {
  readonly id: string;
  readonly model: SmplModel;
  readonly rows: RotationRows;
  /** Metres, the file's axes, (rows, 3) or (rows, 1, 3). */
  readonly translations: { readonly key: string; readonly tensor: Tensor } | null;
  /** Frame number of each row, rising; null: one after the other. */
  readonly frameIds: { readonly key: string; readonly tensor: Tensor } | null;
  readonly betas: Float64Array | null;
  readonly gender: SmplTrack['gender'];
  readonly fps: number | null;
  /** Null: the axis along which the body stands. */
  readonly up: UpAxis | null;
  /** Null: `camera` where Y points down. */
  readonly space: SmplTrack['space'] | null;
}

/** Frames, nearly three hours at 30 fps: gaps that make a track longer than this are wrong frame numbers. */
const LONGEST_TRACK = 300_000;
/** Mean cosine above which the body so clearly stands along another axis than the producer's that it is told. */
const CLEARLY_STANDING = 0.8;

/**
 * A track from the first to the last frame of a person; frames between them without a row, and rows with NaN, are gaps.
 * Throws FormatError, naming the key, where lengths differ or frame numbers do not rise.
 */
export function buildSmplTrack(person: SmplPerson, source: string, warnings: FormatWarning[]): SmplTrack {
  const { id, rows, frameIds } = person;
  const place = `person ${id}`;
  if (rows.rowCount === 0) throw new FormatError(source, place, 'has no frame');
  const places = checkTranslations(person, source);
  const frames = frameIds === null ? null : checkFrameIds(frameIds, rows.rowCount, source);
  const first = frames?.[0] ?? 0;
  const frameCount = frames === null ? rows.rowCount : frames[rows.rowCount - 1] - first + 1;
  const width = rows.jointCount * 4;
  const rotations = new Float64Array(frameCount * width).fill(Number.NaN);
  const translations = places === null ? null : new Float64Array(frameCount * 3).fill(Number.NaN);
  const seen = new Array<boolean>(frameCount).fill(false);
  let lost = 0;
  for (let row = 0; row < rows.rowCount; row++) {
    const frame = frames === null ? row : frames[row] - first;
    const rotation = rows.rotations.subarray(row * width, (row + 1) * width);
    const translation = places?.subarray(row * 3, row * 3 + 3);
    if (rotation.some(Number.isNaN) || translation?.some(Number.isNaN)) {
      lost++;
      continue;
    }
    seen[frame] = true;
    rotations.set(rotation, frame * width);
    if (translation) translations!.set(translation, frame * 3);
  }
  if (lost === rows.rowCount) {
    throw new FormatError(source, place, 'no frame has numbers: there is a NaN in each of them');
  }
  if (lost > 0) warnings.push({ place, message: `${lost} frames hold NaN and are read as gaps` });
  if (first > 0) warnings.push({ place, message: `begins at frame ${first} of the video` });
  makeContinuous(rotations, rows.jointCount, seen);
  const up = checkUp(person, rotations, warnings);
  return {
    kind: 'smpl',
    id,
    frameCount,
    fps: person.fps,
    seen: seen.includes(false) ? seen : null,
    model: person.model,
    jointCount: rows.jointCount,
    rotations,
    translations,
    betas: person.betas,
    gender: person.gender,
    up,
    ...(person.up === null ? { isUpGuessed: true } : {}),
    space: person.space ?? (up === '-y' ? 'camera' : 'world'),
  };
}

function checkTranslations({ translations, rows }: SmplPerson, source: string): Float64Array | null {
  if (translations === null) return null;
  const { key, tensor } = translations;
  const { shape, data } = tensor;
  if (shape[0] !== rows.rowCount && shape.at(-1) === 3 && shape.length === 2) {
    throw new FormatError(
      source,
      key,
      `has ${shape[0]} frames, but the rotations have ${rows.rowCount}`,
      'all keys of one motion need the same number of frames',
    );
  }
  if (shape.at(-1) !== 3 || data.length !== rows.rowCount * 3) {
    throw new FormatError(source, key, `has the shape ${shapeText(shape)}`, `expected (${rows.rowCount}, 3)`);
  }
  if (data.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)) {
    throw new FormatError(source, key, 'a translation is infinite');
  }
  return data;
}

function checkFrameIds(
  { key, tensor }: { readonly key: string; readonly tensor: Tensor },
  rowCount: number,
  source: string,
): Float64Array {
  const { data, shape } = tensor;
  if (data.length !== rowCount) {
    throw new FormatError(
      source,
      key,
      `has the shape ${shapeText(shape)}, but the rotations have ${rowCount} frames`,
      `expected (${rowCount},)`,
    );
  }
  for (let row = 0; row < rowCount; row++) {
    const isRising = row === 0 ? data[0] >= 0 : data[row] > data[row - 1];
    if (
      Number.isInteger(data[row]) &&
      isRising &&
      data[row] - data[0] < Math.max(LONGEST_TRACK, 2 * rowCount)
    )
      continue;
    throw new FormatError(
      source,
      key,
      `row ${row} is frame ${data[row]}${row > 0 ? ` after frame ${data[row - 1]}` : ''}`,
      'frame numbers must be whole and rise',
    );
  }
  return data;
}

/** Flips signs so that each quaternion is on the side of the last one seen before it. */
function makeContinuous(rotations: Float64Array, jointCount: number, seen: readonly boolean[]): void {
  let before = -1;
  for (const [frame, isSeen] of seen.entries()) {
    if (!isSeen) continue;
    for (let joint = 0; joint < jointCount && before >= 0; joint++) {
      const at = (frame * jointCount + joint) * 4;
      if (dotQuat(rotations, at, rotations, (before * jointCount + joint) * 4) >= 0) continue;
      for (let component = 0; component < 4; component++) rotations[at + component] *= -1;
    }
    before = frame;
  }
}

function checkUp({ id, rows, up }: SmplPerson, rotations: Float64Array, warnings: FormatWarning[]): UpAxis {
  const standing = guessSmplUp(rotations, rows.jointCount);
  const place = `person ${id}`;
  const share = `${Math.round(standing.agreement * 100)} %`;
  if (up === null) {
    warnings.push({
      place,
      message: `the file does not say which way is up: ${standing.up}, along which the body stands (${share})`,
    });
    return standing.up;
  }
  if (standing.up !== up && standing.agreement > CLEARLY_STANDING) {
    warnings.push({
      place,
      message: `${up} is up in files of this kind, but the body stands along ${standing.up} (${share})`,
    });
  }
  return up;
}
