/** Files of a list that hold one frame each of one motion. */
export interface FrameSequence {
  /** What their names have in common; '' where they are bare numbers. */
  readonly name: string;
  /** Their places in the list, in the order of frames. */
  readonly members: readonly number[];
}

/** Up to here numbers at the end of a name tell takes apart as well: `take_003.json`. */
const SURE_DIGITS = 4;
/** With as many files of one name, shorter numbers are frames, too. */
const MANY_FILES = 20;

/**
 * Files that hold one frame each, as OpenPose (`walk_000000000012_keypoints.json`) and EasyMocap (`000012.json`) write
 * them, among the names given. Names must be of one folder. What belongs to no sequence is in none of them.
 */
export function frameSequences(names: readonly string[]): FrameSequence[] {
  const groups = new Map<
    string,
    { readonly isSure: boolean; readonly files: [frame: number, at: number][] }
  >();
  for (const [at, name] of names.entries()) {
    const [, stem, digits, keypoints = ''] = /^(.*?)(\d+)(_keypoints)?\.json$/i.exec(name) ?? [];
    if (digits === undefined) continue;
    const key = `${stem}\n${keypoints}`;
    const group = groups.get(key) ?? {
      isSure: keypoints !== '' || digits.length >= SURE_DIGITS,
      files: [],
    };
    group.files.push([Number(digits), at]);
    groups.set(key, group);
  }
  return [...groups]
    .filter(([, { isSure, files }]) => files.length >= (isSure ? 2 : MANY_FILES))
    .map(([key, { files }]) => ({
      name: key.split('\n', 1)[0].replace(/[\s._-]+$/, ''),
      members: files.toSorted(([a], [b]) => a - b).map(([, at]) => at),
    }));
}
