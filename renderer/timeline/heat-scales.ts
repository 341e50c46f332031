import type { HeatScale } from './draw-rows.ts';

/** Larger errors than this have the darkest colour, mm. */
export const HEAT_ERROR_MM = 150;

/** Bright is good in both, whichever way the numbers run. */
export const PQE_SCALE: HeatScale = { bad: 0, good: 1, pick: 'least' };
export const ERROR_SCALE: HeatScale = { bad: HEAT_ERROR_MM, good: 0, pick: 'largest' };
