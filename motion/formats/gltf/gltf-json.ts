import { FormatError } from '../../errors.ts';

/** A value of the file's JSON and where it stands, as errors name it: `nodes[3].children`. */
export interface JsonPlace {
  readonly source: string;
  readonly path: string;
  readonly value: unknown;
}

/** Advice for a file that is broken rather than unusual. */
export const RE_EXPORT = 'the file is damaged or not glTF: export it again';

export function failAt({ source, path }: JsonPlace, problem: string, advice = RE_EXPORT): never {
  throw new FormatError(source, path === '' ? 'JSON' : path, problem, advice);
}

/** A member of an object; its value is undefined where there is none. */
export function member(place: JsonPlace, key: string): JsonPlace {
  const { source, path, value } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    failAt(place, 'is not an object');
  }
  const found = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  return { source, path: path === '' ? key : `${path}.${key}`, value: found };
}

/** Far above any list of a scene with people in it; a list of millions of zeros is no file but an attack. */
const MOST_ITEMS = 1_000_000;

/** The items of an array; none where there is no array at all. */
export function items(place: JsonPlace): JsonPlace[] {
  const { source, path, value } = place;
  if (value === undefined) return [];
  if (!Array.isArray(value)) failAt(place, 'is not a list');
  if (value.length > MOST_ITEMS) failAt(place, `has ${value.length} items`);
  return value.map((item, index) => ({ source, path: `${path}[${index}]`, value: item }));
}

/** A whole number from 0 to below `limit`; null where it is missing. */
export function optionalIndex(place: JsonPlace, limit: number): number | null {
  const { value } = place;
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= limit) {
    failAt(place, `is ${shown(value)}, expected a whole number from 0 to ${limit - 1}`);
  }
  return value;
}

export function index(place: JsonPlace, limit: number): number {
  return optionalIndex(place, limit) ?? failAt(place, 'is missing');
}

/** A byte count or offset; `fallback` where it is missing. */
export function byteNumber(place: JsonPlace, fallback?: number): number {
  if (place.value === undefined && fallback !== undefined) return fallback;
  return index(place, Number.MAX_SAFE_INTEGER);
}

export function optionalText(place: JsonPlace): string | null {
  return typeof place.value === 'string' ? place.value : null;
}

/** A list of `length` finite numbers; null where it is missing. */
export function numbers(place: JsonPlace, length: number): number[] | null {
  const { value } = place;
  if (value === undefined) return null;
  if (!Array.isArray(value) || value.length !== length || !value.every(Number.isFinite)) {
    failAt(place, `is ${shown(value)}, expected ${length} finite numbers`);
  }
  return value as number[];
}

/** A value as an error shows it: short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
