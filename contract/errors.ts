/** Why a call failed; the command line's exit codes follow from it. */
export type FailureCode = 'usage' | 'input' | 'failed' | 'cancelled';

/** A failure a user can cause or meet. The message names the place and the way out. */
export class PoseMendError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PoseMendError';
    this.code = code;
  }
}

/** Exit codes of the `posemend` command. */
export const EXIT_CODES: Readonly<Record<FailureCode, number>> = {
  usage: 2,
  input: 3,
  failed: 4,
  cancelled: 130,
};
