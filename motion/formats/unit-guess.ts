export type LengthUnit = 'm' | 'cm' | 'mm' | 'inch' | 'cmu';

/** What a file's numbers probably mean, and why; always a proposal that a user can overrule. */
export interface UnitGuess {
  readonly unit: LengthUnit;
  readonly metresPerUnit: number;
  /** One sentence for the user. */
  readonly reason: string;
  /** `low` where the height fits no unit well or the evidence disagrees. */
  readonly confidence: 'high' | 'low';
}

interface UnitRange {
  readonly unit: LengthUnit;
  readonly label: string;
  readonly metresPerUnit: number;
  /** Heights in the unit that mean a standing person. */
  readonly from: number;
  readonly to: number;
}

/** Metres in one unit of CMU's own skeletons, which are scaled by 0.45 per inch. */
const METRES_PER_CMU_UNIT = 0.0254 / 0.45;
const TYPICAL_HEIGHT_METRES = 1.7;
/** Outside all ranges a metric body of half or twice the height is as likely as a rare unit that fits. */
const RARE_UNIT_PENALTY = Math.log(2);

const UNITS: readonly UnitRange[] = [
  { unit: 'm', label: 'metres', metresPerUnit: 1, from: 1.2, to: 2.2 },
  { unit: 'cmu', label: 'CMU units of 5.64 cm', metresPerUnit: METRES_PER_CMU_UNIT, from: 28, to: 36 },
  { unit: 'inch', label: 'inches', metresPerUnit: 0.0254, from: 60, to: 80 },
  { unit: 'cm', label: 'centimetres', metresPerUnit: 0.01, from: 120, to: 220 },
  { unit: 'mm', label: 'millimetres', metresPerUnit: 0.001, from: 1200, to: 2200 },
];

/** Metres per unit of a named unit. */
export function metresPerUnit(unit: LengthUnit): number {
  return UNITS.find((range) => range.unit === unit)!.metresPerUnit;
}

/** The unit of this many metres; without a name the metres themselves. */
export function unitOfScale(scale: number): string {
  return UNITS.find((range) => range.metresPerUnit === scale)?.unit ?? `${scale} m`;
}

/** The unit in which a body of this height (in file units) is a person. */
export function guessMetresPerUnit(height: number): UnitGuess {
  if (!(height > 0 && Number.isFinite(height))) {
    return {
      unit: 'm',
      metresPerUnit: 1,
      reason: 'the body has no height; taken as metres',
      confidence: 'low',
    };
  }
  const shown = Number(height.toPrecision(4));
  const fitting = UNITS.find(({ from, to }) => height >= from && height <= to);
  if (fitting !== undefined) {
    const { unit, label, metresPerUnit: scale } = fitting;
    return {
      unit,
      metresPerUnit: scale,
      reason: `the body is ${shown} high, so ${label}`,
      confidence: 'high',
    };
  }
  const closest = UNITS.toSorted((a, b) => misfit(height, a) - misfit(height, b))[0];
  const reason = `the body is ${shown} high, which is no person's height in any unit; ${closest.label} come closest`;
  return { unit: closest.unit, metresPerUnit: closest.metresPerUnit, reason, confidence: 'low' };
}

function misfit(height: number, { unit, metresPerUnit: scale }: UnitRange): number {
  const offByFactor = Math.abs(Math.log((height * scale) / TYPICAL_HEIGHT_METRES));
  return unit === 'inch' || unit === 'cmu' ? offByFactor + RARE_UNIT_PENALTY : offByFactor;
}
