import { InvalidArgumentError } from 'commander';

/** First and last frame, both inclusive; undefined is the clip's own end. */
export interface FrameRange {
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** As typed, for messages. */
  readonly text: string;
}

/** Parsers of option values. They throw InvalidArgumentError, to which commander adds the option's name. */
export function parseRange(text: string): FrameRange {
  const parts = /^(\d*):(\d*)$/.exec(text.trim());
  if (parts === null || text.trim() === ':') {
    throw new InvalidArgumentError('Give frames as FIRST:LAST, both included: 30:120, :120 or 30:');
  }
  const [first, last] = parts.slice(1).map((digits) => (digits === '' ? undefined : Number(digits)));
  if (first !== undefined && last !== undefined && first > last) {
    throw new InvalidArgumentError(`Frame ${first} comes after frame ${last}; give FIRST:LAST.`);
  }
  return { first, last, text };
}

export function parseStrength(text: string): number {
  const value = readNumber(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a number from 0 (the input) to 1 (fully refined), e.g. 0.8.');
}

export function parseFps(text: string): number {
  const value = readNumber(text);
  // Below one frame in 10 s or above 100 000 a second it is not a frame rate but another number.
  if (value >= 0.1 && value <= 1e5) return value;
  throw new InvalidArgumentError('Give frames per second as a number above 0, e.g. 30, 59.94 or 120.');
}

export function parseMillimetres(text: string): number {
  const value = readNumber(text);
  if (value > 0 && value <= 1000) return value;
  throw new InvalidArgumentError('Give millimetres as a number above 0, e.g. 0.5.');
}

export function parseSeconds(text: string): number {
  const value = readNumber(text);
  if (value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('Give seconds as a number above 0, e.g. 0.1.');
}

export function parseFrameCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of frames, 0 or more.');
}

export function parsePositiveCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number, 1 or more.');
}

/** Words separated by commas. */
export function parseWords(text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length > 0) return words;
  throw new InvalidArgumentError('Give one word, or several separated by commas.');
}

/** For options that may be repeated. */
export function collect(text: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), text];
}

function readNumber(text: string): number {
  return /^[+]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}
