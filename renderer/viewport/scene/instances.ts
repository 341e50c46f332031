import { type BufferGeometry, DynamicDrawUsage, InstancedMesh, type Material } from 'three';

/** Many copies of one shape in one draw call; nothing is drawn until matrices are written. */
export function instancesOf(
  shape: BufferGeometry,
  material: Material,
  count: number,
  layer: number,
): InstancedMesh {
  const mesh = new InstancedMesh(shape, material, Math.max(1, count));
  mesh.count = count;
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  mesh.instanceMatrix.array.fill(0);
  // Copies move apart from the shape itself, whose bounds would decide otherwise.
  mesh.frustumCulled = false;
  mesh.layers.set(layer);
  return mesh;
}

/** The matrices of a mesh made above, to be written; they are sent to the graphics card with the next picture. */
export function matricesOf(mesh: InstancedMesh): Float32Array {
  mesh.instanceMatrix.needsUpdate = true;
  return mesh.instanceMatrix.array as Float32Array;
}
