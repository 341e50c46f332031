/** What one pickle may build. Files of motion stay far below; a small file that wants more is a bomb. */
export interface PickleLimits {
  /** Values put on the stack, one per opcode that makes one. */
  readonly maxValues: number;
  /** Lists, tuples, dicts and objects: a byte in the file, some two hundred in memory. */
  readonly maxContainers: number;
  readonly maxMemo: number;
  /** Levels of nesting, so that whoever walks a value may recurse. */
  readonly maxDepth: number;
  /** Values and array items met by walking the value with every reference followed, or so many per byte. */
  readonly maxUnfolded: number;
  readonly maxUnfoldedPerByte: number;
  /** Bytes of one text. */
  readonly maxTextBytes: number;
}

export const PICKLE_LIMITS: PickleLimits = {
  // No dict outgrows a Map, which ends at 2^24 keys.
  maxValues: 2 ** 24,
  maxContainers: 2 ** 22,
  maxMemo: 2 ** 23,
  maxDepth: 200,
  maxUnfolded: 2 ** 26,
  maxUnfoldedPerByte: 4,
  maxTextBytes: 2 ** 28,
};
