import { writeViridis } from '../../motion/quality/viridis.ts';

/** 256 colours of the map as RGBA words in the machine's own byte order. */
const COLOR_WORDS = colorWords();

/**
 * Colours a row of an image. Bright is good in both metrics: `good` has the last colour and `bad` the first. Values
 * that are NaN stay transparent.
 */
export function paintRow(
  values: Float32Array,
  bad: number,
  good: number,
  pixels: Uint32Array,
  offset: number,
): void {
  const scale = 255 / (good - bad);
  for (let column = 0; column < values.length; column++) {
    const value = values[column];
    const entry = Math.min(255, Math.max(0, Math.round((value - bad) * scale)));
    pixels[offset + column] = Number.isNaN(value) ? 0 : COLOR_WORDS[entry];
  }
}

function colorWords(): Uint32Array {
  const words = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(words.buffer);
  const color = new Float32Array(3);
  for (let entry = 0; entry < 256; entry++) {
    writeViridis(entry / 255, color, 0);
    for (let channel = 0; channel < 3; channel++) bytes[entry * 4 + channel] = color[channel] * 255;
    bytes[entry * 4 + 3] = 255;
  }
  return words;
}
