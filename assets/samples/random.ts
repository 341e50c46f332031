/** A seeded source of random numbers, so that every run of a generator writes the same bytes. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Standard normal. */
  gauss(): number;
}

/** Mulberry32 (public domain): 32 bits of state, good enough for noise, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    // Box-Muller; 1 - u keeps the logarithm finite.
    gauss: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/**
 * A wander: white noise through two cascaded one-pole low-passes, scaled to unit variance. It drifts without
 * shaking. `poleSeconds` is the time constant of each pole.
 */
export function wander(
  frameCount: number,
  frameTime: number,
  poleSeconds: number,
  random: Random,
): Float64Array {
  const keep = Math.exp(-frameTime / poleSeconds);
  // The impulse response is (n + 1) keep^n, whose energy is (1 + keep²) / (1 - keep²)³.
  const gain = Math.sqrt((1 - keep ** 2) ** 3 / (1 + keep ** 2));
  const settleFrames = Math.ceil((12 * poleSeconds) / frameTime);
  const out = new Float64Array(frameCount);
  let first = 0;
  let second = 0;
  for (let frame = -settleFrames; frame < frameCount; frame++) {
    first = keep * first + random.gauss();
    second = keep * second + first;
    if (frame >= 0) out[frame] = gain * second;
  }
  return out;
}
