/** Characters of the atlas, in order; one cell each, side by side. */
export const FLOOR_CHARACTERS = '0123456789−';
/** Numbers on each side of the middle, along X and along Z. */
const NUMBERS_PER_SIDE = 5;
/** Longest number: −999. */
const LONGEST = 4;
export const FLOOR_QUADS = 2 * (2 * NUMBERS_PER_SIDE + 1) * LONGEST;
/** Metres. */
const HEIGHT = 0.11;
const WIDTH = HEIGHT * 0.62;
const GAP = 0.04;

/**
 * Writes the metre numbers that lie on the floor along two lines through (middleX, middleZ), both whole metres, as
 * quads of two triangles each: positions [quad][6][xyz] and texture coordinates [quad][6][uv] into the atlas.
 * Returns how many quads there are. `quarter` turns the writing by quarter turns about Y, to be read by a camera
 * there (0: from +Z).
 */
export function writeFloorNumbers(
  middleX: number,
  middleZ: number,
  quarter: number,
  positions: Float32Array,
  uvs: Float32Array,
): number {
  const writer = { positions, uvs, quads: 0, cos: [1, 0, -1, 0][quarter], sin: [0, 1, 0, -1][quarter] };
  for (let step = -NUMBERS_PER_SIDE; step <= NUMBERS_PER_SIDE; step++) {
    writeNumber(writer, middleX + step, middleX + step, middleZ);
    if (step !== 0) writeNumber(writer, middleZ + step, middleX, middleZ + step);
  }
  return writer.quads;
}

interface QuadWriter {
  readonly positions: Float32Array;
  readonly uvs: Float32Array;
  quads: number;
  readonly cos: number;
  readonly sin: number;
}

/** Corners of a quad's two triangles: across, down. */
const CORNERS = [0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0];

function writeNumber(writer: QuadWriter, value: number, x: number, z: number): void {
  const digits = value < 0 ? -value : value;
  let length = String(digits).length;
  const total = value < 0 ? length + 1 : length;
  if (total > LONGEST) return;
  if (value < 0) writeQuad(writer, 10, 0, x, z);
  for (let rest = digits, place = total - 1; length > 0; length--, place--, rest = Math.floor(rest / 10)) {
    writeQuad(writer, rest % 10, place, x, z);
  }
}

function writeQuad(writer: QuadWriter, character: number, place: number, x: number, z: number): void {
  const { positions, uvs, cos, sin } = writer;
  for (let corner = 0; corner < 6; corner++) {
    const across = CORNERS[corner * 2];
    const down = CORNERS[corner * 2 + 1];
    // To the right of the crossing and below it, as seen by the reader.
    const right = GAP + (place + across) * WIDTH;
    const near = GAP + down * HEIGHT;
    const at = writer.quads * 6 + corner;
    positions[at * 3] = x + right * cos + near * sin;
    positions[at * 3 + 1] = 0;
    positions[at * 3 + 2] = z - right * sin + near * cos;
    uvs[at * 2] = (character + across) / FLOOR_CHARACTERS.length;
    uvs[at * 2 + 1] = 1 - down;
  }
  writer.quads++;
}
