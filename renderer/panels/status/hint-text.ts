/** What a user would do next, in a few words. */
export function hintText(state: {
  readonly hasClip: boolean;
  readonly hasTake: boolean;
  readonly hasJobs: boolean;
  /** What stands on the key that peeks at version A. */
  readonly peekKey: string;
}): string {
  if (!state.hasClip) return 'Open a motion clip, or drop one on the window';
  if (state.hasJobs) return 'The clip can be looked at while it is refined';
  if (!state.hasTake) return 'Refine makes a take beside the clip; the file itself is never changed';
  return `Hold ${state.peekKey} to see version A alone`;
}
