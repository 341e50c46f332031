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
  #radius = 0;

  /** `radius` in metres. */
  setJoints(joints: number, radius: number): void {
    this.#dropMesh();
    this.#joints = joints;
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
      const dx = b[at] - a[at];
      const dy = b[at + 1] - a[at + 1];
      const dz = b[at + 2] - a[at + 2];
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
