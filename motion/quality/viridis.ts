/**
 * The viridis colour map (Smith and van der Walt, matplotlib), sampled at ninths; sRGB bytes. Even in lightness, and
 * told apart by colour-blind readers.
 */
const STOPS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const;

/** sRGB 0..1 of a value 0..1 (beyond: the ends) into `out` from `at` on; grey for NaN. Allocates nothing. */
export function writeViridis(value: number, out: Float32Array, at: number): void {
  if (Number.isNaN(value)) {
    out.fill(0.5, at, at + 3);
    return;
  }
  const scaled = Math.min(1, Math.max(0, value)) * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(scaled));
  const part = scaled - low;
  for (let channel = 0; channel < 3; channel++) {
    out[at + channel] = (STOPS[low][channel] * (1 - part) + STOPS[low + 1][channel] * part) / 255;
  }
}

/** A horizontal gradient of the map for a legend. */
export const VIRIDIS_GRADIENT = `linear-gradient(to right, ${STOPS.map((stop) => `rgb(${stop.join(' ')})`).join(', ')})`;

/**
 * Linear-light RGB of the map at every 1/255, [256][rgb]: what a renderer multiplies with light.
 */
export function linearViridisTable(): Float32Array {
  const table = new Float32Array(256 * 3);
  for (let entry = 0; entry < 256; entry++) writeViridis(entry / 255, table, entry * 3);
  // The sRGB transfer function, IEC 61966-2-1.
  return table.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

/** Colour of a share 0..1, as `#rrggbb`; shares beyond are held at the ends. */
export function viridisHex(share: number): string {
  const rgb = new Float32Array(3);
  writeViridis(share, rgb, 0);
  return `#${Array.from(rgb, (part) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, '0'),
  ).join('')}`;
}
