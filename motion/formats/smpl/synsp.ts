import { FormatError, type FormatWarning } from '../../errors.ts';
import { isPyArray, type PyDict, type PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplTrack } from '../tracks.ts';
import { guessSmplUp } from './guess-smpl-up.ts';
import { dictOf, pyArrayOf, sliceRows, type Tensor, tensorOf } from './py-tensor.ts';
import { readPerson } from './read-person.ts';
import { readRotationRows } from './rotation-rows.ts';

/**
 * Data of SmoothNet, DeciWatch and SynSP: object arrays with an entry for each sequence, `pose` (T, 72), `trans` (T, 3),
 * `shape` (T, 10), of AIST++ also `scaling`, beside `imgname` and `joints_3d`. One track for each sequence; axes are those of the estimator,
 * and the one along which the bodies of all sequences stand is up.
 */
export function readSynsp(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  const marks = ['imgname', 'joints_3d'];
  if (dict === null || !dict.has('pose') || !marks.some((key) => dict.has(key))) return null;
  const poses = sequencesAt(dict, 'pose', 72);
  if (poses === null || poses.length === 0) return null;
  const translations = sequencesAt(dict, 'trans', 3);
  const shapes = sequencesAt(dict, 'shape', 10);
  const scalings = scalingsAt(dict, poses.length);
  for (const [key, sequences] of [['trans', translations] as const, ['shape', shapes] as const]) {
    if (sequences === null || sequences.length === poses.length) continue;
    throw new FormatError(
      source,
      key,
      `has ${sequences.length} sequences, but pose has ${poses.length}`,
      'all keys need an entry for each sequence',
    );
  }
  const warnings: FormatWarning[] = [];
  if (translations === null && dict.has('trans')) {
    warnings.push({ place: 'trans', message: 'is not (T, 3) for each sequence and is left out' });
  }
  const up = upOfAll(poses, source);
  warnings.push({
    place: 'pose',
    message: `the file does not say which way is up: ${up}, along which the bodies stand`,
  });
  const names = sequenceNames(dict, poses.length);
  const tracks = poses.map((pose, index): SmplTrack => {
    const own = new Map<string, PyValue>([['pose', pyArrayOf(pose)]]);
    if (translations !== null) own.set('trans', pyArrayOf(divided(translations[index], scalings[index])));
    if (shapes !== null) own.set('shape', pyArrayOf(shapes[index]));
    const track = readPerson(
      own,
      {
        id: names[index],
        model: 'smpl',
        pose: [{ key: 'pose', jointCounts: [24] }],
        translation: 'trans',
        betas: 'shape',
        frameIds: null,
        fps: null,
        up,
        space: up === '-y' ? 'camera' : 'world',
      },
      source,
      warnings,
    );
    return { ...track, isUpGuessed: true };
  });
  return {
    producer: 'SmoothNet, DeciWatch or SynSP data',
    reason: `${poses.length} sequences in pose, with ${marks.filter((key) => dict.has(key)).join(', ')}`,
    tracks,
    warnings,
  };
}

/** (T, width) of each sequence; null where the key is missing or holds something else. */
function sequencesAt(dict: PyDict, key: string, width: number): Tensor[] | null {
  const value = dict.get(key);
  if (isPyArray(value) && value.items !== null && value.shape.length === 1) {
    const sequences = value.items.map(tensorOf);
    if (!sequences.every((sequence) => sequence !== null && isWide(sequence, width))) return null;
    return sequences as Tensor[];
  }
  const tensor = tensorOf(value);
  if (tensor === null) return null;
  if (isWide(tensor, width)) return [tensor];
  // Sequences of one length are one array.
  const [count, frames, size] = tensor.shape;
  if (tensor.shape.length !== 3 || size !== width) return null;
  return Array.from({ length: count }, (_, index) => ({
    shape: [frames, width],
    data: sliceRows(tensor, index, 1).data,
  }));
}

/** AIST++'s `scaling` of each sequence (Li et al. 2021), by which its translation is divided; 1 where there is none. */
function scalingsAt(dict: PyDict, count: number): readonly number[] {
  const value = dict.get('scaling');
  const items = isPyArray(value) && value.items !== null ? value.items.map(tensorOf) : null;
  const tensor = items === null ? tensorOf(value) : null;
  return Array.from({ length: count }, (_, index) => {
    const scaling = items?.[index]?.data[0] ?? (tensor?.shape[0] === count ? tensor.data[index] : 1);
    return scaling > 0 ? scaling : 1;
  });
}

function divided({ shape, data }: Tensor, by: number): Tensor {
  return { shape, data: by === 1 ? data : data.map((metres) => metres / by) };
}

function isWide({ shape }: Tensor, width: number): boolean {
  return shape.length === 2 && shape[1] === width;
}

function upOfAll(poses: readonly Tensor[], source: string) {
  const roots = poses.flatMap((pose) =>
    Array.from(readRotationRows(pose, [24], source, 'pose', []).rotations.filter((_, at) => at % 96 < 4)),
  );
  return guessSmplUp(Float64Array.from(roots), 1).up;
}

/** The folder of a sequence's first picture, if those are all different; else numbers. */
function sequenceNames(dict: PyDict, count: number): readonly string[] {
  const value = dict.get('imgname');
  const items = isPyArray(value) ? value.items : null;
  const numbered = Array.from({ length: count }, (_, index) => String(index + 1));
  if (items === null || items.length !== count) return numbered;
  const names = items.map((item) => {
    const first = isPyArray(item) ? item.items?.[0] : Array.isArray(item) ? item[0] : item;
    return typeof first === 'string' ? (first.split(/[\\/]/).at(-2) ?? first) : '';
  });
  return new Set(names).size === count && !names.includes('') ? names : numbered;
}
