import { Color, Group, InstancedBufferAttribute, type InstancedMesh, MeshBasicMaterial } from 'three';
import { MATRIX_FLOATS, writeBoneMatrices } from '../figures/bone-matrices.ts';
import { GHOST_COUNT, ghostStrength, writeGhostFrames } from '../figures/ghost-frames.ts';
import { instancesOf, matricesOf } from './instances.ts';
import { boneShape } from './shapes.ts';
import type { FigureShape } from './skeleton-figure.ts';

/** Ghosts are slimmer than the figure they belong to. */
const GHOST_THICKNESS = 0.55;

/** The bones of a skeleton at frames before and after the playhead, all in one draw call. */
export class GhostFigures {
  readonly group = new Group();
  readonly #layer: number;
  readonly #material = new MeshBasicMaterial({ depthWrite: false });
  readonly #boneShape = boneShape();
  readonly #frames = new Int32Array(GHOST_COUNT);
  #shape: FigureShape | null = null;
  #bones: InstancedMesh | null = null;

  constructor(layer: number) {
    this.#layer = layer;
  }

  setShape(shape: FigureShape | null): void {
    this.#dropMesh();
    this.#shape = shape;
    if (shape === null) return;
    const count = shape.boneRadii.length * GHOST_COUNT;
    this.#bones = instancesOf(this.#boneShape, this.#material, count, this.#layer);
    this.#bones.instanceColor = new InstancedBufferAttribute(new Float32Array(count * 3), 3);
    // Before the figures, which then cover them wherever they meet.
    this.#bones.renderOrder = -1;
    this.group.add(this.#bones);
  }

  /** Fades towards the background instead of letting it through: no order of drawing to keep. */
  setColor(color: Color, background: Color): void {
    const colors = this.#bones?.instanceColor;
    if (this.#shape === null || colors === null || colors === undefined) return;
    const bones = this.#shape.boneRadii.length;
    const faded = new Color();
    for (let ghost = 0; ghost < GHOST_COUNT; ghost++) {
      faded.copy(background).lerp(color, ghostStrength(ghost));
      for (let bone = 0; bone < bones; bone++) faded.toArray(colors.array, (ghost * bones + bone) * 3);
    }
    colors.needsUpdate = true;
  }

  /** Allocates nothing. */
  write(positions: Float32Array, frame: number, frameCount: number, frameTime: number): void {
    if (this.#shape === null || this.#bones === null) return;
    const { bones, boneRadii, jointRadii } = this.#shape;
    const floats = boneRadii.length * MATRIX_FLOATS;
    const matrices = matricesOf(this.#bones);
    writeGhostFrames(frame, frameCount, frameTime, this.#frames);
    for (let ghost = 0; ghost < GHOST_COUNT; ghost++) {
      const shown = this.#frames[ghost];
      const at = ghost * floats;
      if (shown < 0) matrices.fill(0, at, at + floats);
      else {
        const start = shown * jointRadii.length * 3;
        writeBoneMatrices(positions, start, bones, boneRadii, GHOST_THICKNESS, matrices, at);
      }
    }
  }

  dispose(): void {
    this.#dropMesh();
    this.#boneShape.dispose();
    this.#material.dispose();
  }

  #dropMesh(): void {
    this.group.clear();
    this.#bones?.dispose();
    this.#bones = null;
  }
}
