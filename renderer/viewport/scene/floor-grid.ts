import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  type Color,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
} from 'three';
import { FLOOR_CHARACTERS, FLOOR_QUADS, writeFloorNumbers } from './floor-numbers.ts';

/** Metres from the middle to where the grid has faded away. */
const REACH = 10;

/** A grid of square metres on the floor around a place, fading outwards, with numbers every metre. */
export class FloorGrid {
  readonly group = new Group();
  readonly #lineMaterial = new LineBasicMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
  });
  readonly #lineShape = fadingLines();
  readonly #numberShape = new BufferGeometry();
  readonly #atlas = characterAtlas();
  readonly #numberMaterial = new MeshBasicMaterial({
    map: this.#atlas,
    transparent: true,
    depthWrite: false,
  });
  readonly #lines = new LineSegments(this.#lineShape, this.#lineMaterial);
  readonly #numbers = new Mesh(this.#numberShape, this.#numberMaterial);
  #middleX = Number.NaN;
  #middleZ = Number.NaN;
  #quarter = -1;

  constructor() {
    this.#numberShape.setAttribute('position', new BufferAttribute(new Float32Array(FLOOR_QUADS * 18), 3));
    this.#numberShape.setAttribute('uv', new BufferAttribute(new Float32Array(FLOOR_QUADS * 12), 2));
    for (const part of [this.#lines, this.#numbers]) part.frustumCulled = false;
    // Above the lines, or both would flicker.
    this.#numbers.position.y = 0.002;
    this.#numbers.renderOrder = 1;
    this.group.add(this.#lines, this.#numbers);
  }

  setColors(lines: Color, numbers: Color): void {
    this.#lineMaterial.color.copy(lines);
    this.#numberMaterial.color.copy(numbers);
  }

  /** Lays the grid around a place, metres; `azimuth` is the camera's, for which the numbers are turned. */
  place(x: number, z: number, azimuth: number): void {
    const middleX = Math.round(x);
    const middleZ = Math.round(z);
    const quarter = ((Math.round(azimuth / (Math.PI / 2)) % 4) + 4) % 4;
    if (middleX === this.#middleX && middleZ === this.#middleZ && quarter === this.#quarter) return;
    this.#middleX = middleX;
    this.#middleZ = middleZ;
    this.#quarter = quarter;
    this.#lines.position.set(middleX, 0, middleZ);
    const positions = this.#numberShape.getAttribute('position') as BufferAttribute;
    const uvs = this.#numberShape.getAttribute('uv') as BufferAttribute;
    const quads = writeFloorNumbers(
      middleX,
      middleZ,
      quarter,
      positions.array as Float32Array,
      uvs.array as Float32Array,
    );
    positions.needsUpdate = true;
    uvs.needsUpdate = true;
    this.#numberShape.setDrawRange(0, quads * 6);
  }

  dispose(): void {
    for (const part of [
      this.#lineMaterial,
      this.#lineShape,
      this.#numberShape,
      this.#atlas,
      this.#numberMaterial,
    ]) {
      part.dispose();
    }
  }
}

/** Metre-long pieces of grid lines with a transparency that grows with the distance from the middle. */
function fadingLines(): BufferGeometry {
  const positions: number[] = [];
  const colors: number[] = [];
  const add = (x: number, z: number) => {
    positions.push(x, 0, z);
    colors.push(1, 1, 1, Math.max(0, 1 - Math.hypot(x, z) / REACH) ** 0.8);
  };
  for (let line = -REACH; line <= REACH; line++) {
    for (let piece = -REACH; piece < REACH; piece++) {
      if (Math.hypot(line, piece + 0.5) > REACH) continue;
      add(line, piece);
      add(line, piece + 1);
      add(piece, line);
      add(piece + 1, line);
    }
  }
  const shape = new BufferGeometry();
  shape.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3));
  shape.setAttribute('color', new BufferAttribute(Float32Array.from(colors), 4));
  return shape;
}

/** The characters of the numbers side by side, white on nothing. */
function characterAtlas(): CanvasTexture {
  const height = 64;
  const width = 40;
  const canvas = document.createElement('canvas');
  canvas.width = width * FLOOR_CHARACTERS.length;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = '#fff';
    context.font = `600 ${height * 0.86}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let at = 0; at < FLOOR_CHARACTERS.length; at++) {
      context.fillText(FLOOR_CHARACTERS[at], (at + 0.5) * width, height * 0.54);
    }
  }
  const texture = new CanvasTexture(canvas);
  texture.anisotropy = 4;
  return texture;
}
