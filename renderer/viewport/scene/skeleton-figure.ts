import { Color, Group, InstancedBufferAttribute, type InstancedMesh, MeshLambertMaterial } from 'three';
import { linearViridisTable } from '../../../motion/quality/viridis.ts';
import { writeBoneMatrices, writeJointMatrices } from '../figures/bone-matrices.ts';
import { instancesOf, matricesOf } from './instances.ts';
import { boneShape, jointShape } from './shapes.ts';

/** What a skeleton is built of: pairs of joints and radii in metres. */
export interface FigureShape {
  readonly bones: Uint16Array;
  readonly boneRadii: Float32Array;
  readonly jointRadii: Float32Array;
}

const VIRIDIS = linearViridisTable();
/** Tinted joints are drawn larger, so that their colour is seen between the bones. */
const TINT_SCALE = 1.45;
const WHITE = new Color(1, 1, 1);

/** One skeleton in the scene: joints and bones, one draw call each. */
export class SkeletonFigure {
  readonly group = new Group();
  readonly #layer: number;
  readonly #boneMaterial = new MeshLambertMaterial({ flatShading: true });
  readonly #jointMaterial = new MeshLambertMaterial();
  readonly #boneShape = boneShape();
  readonly #jointShape = jointShape();
  readonly #color = new Color();
  readonly #jointColor = new Color();
  #shape: FigureShape | null = null;
  #bones: InstancedMesh | null = null;
  #joints: InstancedMesh | null = null;
  #isTinted = false;

  constructor(layer: number) {
    this.#layer = layer;
  }

  /** Another skeleton; null for none. */
  setShape(shape: FigureShape | null): void {
    this.#dropMeshes();
    this.#shape = shape;
    if (shape === null) return;
    this.#bones = instancesOf(this.#boneShape, this.#boneMaterial, shape.boneRadii.length, this.#layer);
    this.#joints = instancesOf(this.#jointShape, this.#jointMaterial, shape.jointRadii.length, this.#layer);
    const colors = new Float32Array(shape.jointRadii.length * 3).fill(1);
    this.#joints.instanceColor = new InstancedBufferAttribute(colors, 3);
    this.#isTinted = false;
    this.group.add(this.#bones, this.#joints);
    this.#applyColor();
  }

  setColor(color: Color): void {
    this.#color.copy(color);
    this.#applyColor();
  }

  /** Draws one frame. `thickness` scales bones and joints. Allocates nothing. */
  write(positions: Float32Array, frame: number, thickness: number): void {
    if (this.#shape === null || this.#bones === null || this.#joints === null) return;
    const { bones, boneRadii, jointRadii } = this.#shape;
    const start = frame * jointRadii.length * 3;
    writeBoneMatrices(positions, start, bones, boneRadii, thickness, matricesOf(this.#bones), 0);
    const jointScale = this.#isTinted ? thickness * TINT_SCALE : thickness;
    writeJointMatrices(positions, start, jointRadii, jointScale, matricesOf(this.#joints));
  }

  /**
   * Colours each joint by a quality 0..1, [frame][qualityJoints]; `source` says which of a frame's values is whose,
   * -1 for none.
   */
  tint(quality: Float32Array, frame: number, qualityJoints: number, source: Int8Array): void {
    const colors = this.#joints?.instanceColor;
    if (colors === null || colors === undefined) return;
    this.#setTinted(true);
    const array = colors.array as Float32Array;
    for (let joint = 0; joint < source.length; joint++) {
      const value = source[joint] < 0 ? Number.NaN : quality[frame * qualityJoints + source[joint]];
      if (Number.isNaN(value)) {
        array.fill(0.2, joint * 3, joint * 3 + 3);
        continue;
      }
      const entry = Math.round(Math.min(1, Math.max(0, value)) * 255) * 3;
      array[joint * 3] = VIRIDIS[entry];
      array[joint * 3 + 1] = VIRIDIS[entry + 1];
      array[joint * 3 + 2] = VIRIDIS[entry + 2];
    }
    colors.needsUpdate = true;
  }

  /** Gives the joints their version's colour back. */
  untint(): void {
    if (!this.#isTinted) return;
    this.#setTinted(false);
    const colors = this.#joints?.instanceColor;
    if (colors === null || colors === undefined) return;
    (colors.array as Float32Array).fill(1);
    colors.needsUpdate = true;
  }

  dispose(): void {
    this.#dropMeshes();
    this.#boneShape.dispose();
    this.#jointShape.dispose();
    this.#boneMaterial.dispose();
    this.#jointMaterial.dispose();
  }

  #setTinted(isTinted: boolean): void {
    if (this.#isTinted === isTinted) return;
    this.#isTinted = isTinted;
    this.#applyColor();
  }

  #applyColor(): void {
    this.#boneMaterial.color.copy(this.#color);
    // Joints a little lighter than their bones, so that they stand out.
    this.#jointColor.copy(this.#color).lerp(WHITE, 0.25);
    this.#jointMaterial.color.copy(this.#isTinted ? WHITE : this.#jointColor);
  }

  #dropMeshes(): void {
    this.group.clear();
    this.#bones?.dispose();
    this.#joints?.dispose();
    this.#bones = null;
    this.#joints = null;
  }
}
