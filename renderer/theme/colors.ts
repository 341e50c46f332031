/** Colours of what is drawn, by meaning. Distinct in lightness too, so that hue is never the only cue. */
export const COLORS = {
  /** The clip as it came: warm. */
  input: '#f0a04b',
  /** A refined take: cool. */
  refined: '#5ab0ff',
  /** A clean reference from the library. */
  reference: '#56c98d',
  /** Frames the program marks as bad. */
  bad: '#f0716a',
} as const;
