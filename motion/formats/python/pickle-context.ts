import type { FormatError } from '../../errors.ts';
import type { ByteCursor } from './byte-cursor.ts';
import type { PickleLimits } from './py-limits.ts';
import type { PyValue } from './py-value.ts';

/** What is shared by all pickles of one file. */
export interface PickleSession {
  readonly limits: PickleLimits;
  /** Bytes of the file, inflated: memory is measured against it. */
  readonly fileBytes: number;
  /** joblib puts the bytes of arrays between the opcodes. */
  readonly hasInlineArrays: boolean;
  /** What a persistent id stands for; only PyTorch's own files have them. */
  readonly resolvePersistent: ((id: PyValue, fail: PickleFail) => PyValue) | null;
  /** Reads the PyTorch file that a storage outside of one is kept as; null within such a file. */
  readonly readTorchBytes: ((bytes: Uint8Array, cursor: ByteCursor) => PyValue) | null;
  /** Counted while reading. */
  readonly used: { values: number; containers: number; madeBytes: number };
}

/** An error at the opcode that is being read. */
export type PickleFail = (problem: string, advice?: string) => FormatError;

/** What a rule of the allow-list may do. */
export interface PickleContext {
  readonly session: PickleSession;
  /** Just behind the opcode. */
  readonly cursor: ByteCursor;
  readonly fail: PickleFail;
  /** Counts bytes made anew, and refuses a file that makes far more than it holds. */
  spend(bytes: number): void;
  /** What BUILD does with the state of an object. */
  onBuild(object: object, build: (state: PyValue) => void): void;
  /** Reads another pickle at the cursor. */
  readNested(): PyValue;
}

/** What a name on the allow-list stands for. */
export interface GlobalRule {
  /** What calling it gives; without it the name may only be mentioned. */
  readonly call?: (args: readonly PyValue[], context: PickleContext) => PyValue;
}

export type GlobalRules = Readonly<Record<string, GlobalRule>>;

export const DAMAGED = 'the file is damaged: copy or save it again';
export const SAVE_PLAIN = 'save the arrays alone: np.savez(path, poses=...)';
