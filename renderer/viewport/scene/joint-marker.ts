import { type Color, IcosahedronGeometry, type InstancedMesh, MeshBasicMaterial } from 'three';
import { writeSphereMatrix } from '../figures/bone-matrices.ts';
import { instancesOf, matricesOf } from './instances.ts';

/** A see-through ball around the selected joint of one version. */
export class JointMarker {
  readonly mesh: InstancedMesh;
  readonly #shape = new IcosahedronGeometry(1, 3);
  readonly #material = new MeshBasicMaterial({
    transparent: true,
    opacity: 0.35,
    depthTest: false,
    depthWrite: false,
  });

  constructor(layer: number) {
    this.mesh = instancesOf(this.#shape, this.#material, 1, layer);
    this.mesh.renderOrder = 2;
  }

  setColor(color: Color): void {
    this.#material.color.copy(color);
  }

  /** `at` is where the joint's xyz begin; below 0 hides the marker. */
  write(positions: Float32Array, at: number, radius: number): void {
    const x = at < 0 ? Number.NaN : positions[at];
    writeSphereMatrix(x, positions[at + 1], positions[at + 2], radius, matricesOf(this.mesh), 0);
  }

  dispose(): void {
    this.mesh.dispose();
    this.#shape.dispose();
    this.#material.dispose();
  }
}
