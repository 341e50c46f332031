import type { UpAxis } from '../axes.ts';
import type { LengthUnit } from '../unit-guess.ts';

const UNITS: Readonly<Record<string, LengthUnit>> = {
  m: 'm',
  meter: 'm',
  meters: 'm',
  metre: 'm',
  metres: 'm',
  cm: 'cm',
  centimeters: 'cm',
  centimetres: 'cm',
  mm: 'mm',
  millimeters: 'mm',
  millimetres: 'mm',
  in: 'inch',
  inch: 'inch',
  inches: 'inch',
  cmu: 'cmu',
};

/** The unit a file names; null where it names none, or none that is known. */
export function unitNamed(word: unknown): LengthUnit | null {
  return typeof word === 'string' ? (UNITS[word.trim().toLowerCase()] ?? null) : null;
}

/** `y`, `+Y`, `Y_UP`, `-z`: the axis that a file says is up. */
export function upNamed(word: unknown): UpAxis | null {
  const [, sign, axis] =
    typeof word === 'string' ? (/^([+-]?)([xyz])(?:[ _-]?up)?$/i.exec(word.trim()) ?? []) : [];
  return axis === undefined ? null : (`${sign === '-' ? '-' : '+'}${axis.toLowerCase()}` as UpAxis);
}

/** A frame rate that can be one. */
export function rateNamed(value: unknown): number | null {
  return typeof value === 'number' && value > 0 && value <= 10_000 ? value : null;
}
