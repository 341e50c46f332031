/**
 * A file's content is not what its format says. `place` is a line number, a key or a frame;
 * `advice` is the way out. Prints as `file:place: what is wrong; what to do`.
 */
export class FormatError extends Error {
  readonly source: string;
  readonly place: string;
  readonly advice: string;

  constructor(source: string, place: string | number, problem: string, advice = '') {
    super(`${source}:${place}: ${problem}${advice ? `; ${advice}` : ''}`);
    this.name = 'FormatError';
    this.source = source;
    this.place = String(place);
    this.advice = advice;
  }
}

/** A tolerated oddity of a file: what was found and what was done about it. */
export interface FormatWarning {
  readonly place: string;
  readonly message: string;
}
