/** FBX counts time in units of which this many make a second: all usual rates divide it. */
export const KTIME_PER_SECOND = 46_186_158_000n;

/** `TimeMode` by frames per second; the NTSC rates are 1000/1001 of a whole one. */
const TIME_MODES: readonly (readonly [mode: number, frames: number, seconds: number])[] = [
  [1, 120, 1],
  [2, 100, 1],
  [3, 60, 1],
  [4, 50, 1],
  [5, 48, 1],
  [6, 30, 1],
  [9, 30_000, 1001],
  [10, 25, 1],
  [11, 24, 1],
  [12, 1000, 1],
  [13, 24_000, 1001],
  [15, 96, 1],
  [16, 72, 1],
  [17, 60_000, 1001],
  [18, 120_000, 1001],
];

/** The mode whose rate `CustomFrameRate` holds. */
export const CUSTOM_RATE = 14;

/** Rates this close are the same: `29.97` stands for 30000/1001, and 30 is 1e-3 away. */
const SAME_RATE = 1e-4;

export interface FbxRate {
  readonly timeMode: number;
  /** Exact frames per second. */
  readonly fps: number;
  /** The time of a frame. */
  readonly timeOf: (frame: number) => bigint;
}

/** The mode for a rate, and exact times of frames: they would drift off by rounding in floating point. */
export function fbxRate(fps: number): FbxRate {
  const known = TIME_MODES.find(
    ([, frames, seconds]) => Math.abs(fps * seconds - frames) <= SAME_RATE * frames,
  );
  if (known) {
    const [timeMode, frames, seconds] = known;
    return {
      timeMode,
      fps: frames / seconds,
      timeOf: (frame) => (BigInt(frame) * BigInt(seconds) * KTIME_PER_SECOND) / BigInt(frames),
    };
  }
  return {
    timeMode: CUSTOM_RATE,
    fps,
    timeOf: (frame) => BigInt(Math.round((frame / fps) * Number(KTIME_PER_SECOND))),
  };
}

/** Frames per second of a `TimeMode`; undefined for modes that name no rate. */
export function fpsOfTimeMode(timeMode: number, customFps: number): number | undefined {
  if (timeMode === CUSTOM_RATE) return customFps > 0 ? customFps : undefined;
  // 30 with drop-frame counting (7) and NTSC with it (8) run as fast as their plain modes.
  const plain = timeMode === 7 ? 6 : timeMode === 8 ? 9 : timeMode;
  const known = TIME_MODES.find(([mode]) => mode === plain);
  return known && known[1] / known[2];
}
