/** One person in one frame. */
export interface Detection {
  /** The source's frame number; any start. */
  readonly frame: number;
  /** The source's name of the person; null where it names nobody. */
  readonly person: string | null;
  /** [joint][dimension]; NaN = not seen. */
  readonly positions: Float64Array;
  /** [joint]; null where the source has none. */
  readonly confidence: Float64Array | null;
}
