/** Corrections up to this much are what a clean clip gets; from the second on the clip is noisy. Millimetres. */
const CLEAN_MM = 10;
const NOISY_MM = 30;

/** How noisy motion is that needed a mean correction of this size: 0 clean, 1 noisy, linear in between. */
export function noiseShare(correctionMm: number): number {
  return Math.min(1, Math.max(0, (correctionMm - CLEAN_MM) / (NOISY_MM - CLEAN_MM)));
}
