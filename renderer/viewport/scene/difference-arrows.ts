import { type Color, Group, type InstancedMesh, MeshBasicMaterial } from 'three';
import { MATRIX_FLOATS, writeSegmentMatrix } from '../figures/bone-matrices.ts';
import { instancesOf, matricesOf } from './instances.ts';
import { LAYER_SHARED } from './layers.ts';
import { arrowShape } from './shapes.ts';

/** Arrows from where version A has a joint to where B has it, longer by a factor. One draw call. */
export class DifferenceArrows {
  readonly group = new Group();
  readonly #material = new MeshBasicMaterial();
  readonly #shape = arrowShape();
  #arrows: InstancedMesh | null = null;
  #joints = 0;
  #isCompared: readonly boolean[] = [];
  #radius = 0;

  /** `radius` in metres; joints that are not compared get no arrow. */
  setJoints(isCompared: readonly boolean[], radius: number): void {
    const joints = isCompared.length;
    this.#dropMesh();
    this.#joints = joints;
    this.#isCompared = isCompared;
    this.#radius = radius;
    if (joints === 0) return;
    this.#arrows = instancesOf(this.#shape, this.#material, joints, LAYER_SHARED);
    this.group.add(this.#arrows);
  }

  setColor(color: Color): void {
    this.#material.color.copy(color);
  }

  /** Allocates nothing. */
  write(a: Float32Array, b: Float32Array, frame: number, factor: number): void {
    if (this.#arrows === null) return;
    const matrices = matricesOf(this.#arrows);
    for (let joint = 0; joint < this.#joints; joint++) {
      const at = (frame * this.#joints + joint) * 3;
      const part = this.#isCompared[joint] ? 1 : 0;
      const dx = part * (b[at] - a[at]);
      const dy = part * (b[at + 1] - a[at + 1]);
      const dz = part * (b[at + 2] - a[at + 2]);
      const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      // Short arrows are slim as well, or they would be discs.
      const radius = Math.min(this.#radius, length * factor * 0.2);
      writeSegmentMatrix(
        a[at],
        a[at + 1],
        a[at + 2],
        dx * factor,
        dy * factor,
        dz * factor,
        radius,
        matrices,
        joint * MATRIX_FLOATS,
      );
    }
  }

  dispose(): void {
    this.#dropMesh();
    this.#shape.dispose();
    this.#material.dispose();
  }

  #dropMesh(): void {
    this.group.clear();
    this.#arrows?.dispose();
    this.#arrows = null;
  }
}
