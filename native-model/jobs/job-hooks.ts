/** How a long job talks to whoever started it. */
export interface JobHooks {
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly total: number;
    readonly stage: string;
  }) => void;
  /** Cancels the job between two batches; it then throws PoseMendError('cancelled') and leaves nothing. */
  readonly signal?: AbortSignal;
}
