import { packArrays } from '../contract/pack.ts';

const NONE = new Float32Array(0);

/** What the engine would send of a take without frames. */
export const EMPTY_TAKE_FRAMES = new Blob([
  packArrays({
    positions: NONE,
    body17: NONE,
    pqe: NONE,
    pqeJoints: NONE,
    expectedErrorMm: NONE,
    expectedErrorAfterMm: NONE,
    jointErrorMm: NONE,
  }),
]);
