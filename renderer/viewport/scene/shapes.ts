import { BufferAttribute, BufferGeometry, ConeGeometry, CylinderGeometry, IcosahedronGeometry } from 'three';

/** Where a bone is thickest, as a part of its length. */
const WAIST = 0.16;

/** A bone as a slim octahedron: base at the origin, tip at +Y, radius 1 at its waist. Eight triangles. */
export function boneShape(): BufferGeometry {
  const ring = [
    [1, WAIST, 0],
    [0, WAIST, -1],
    [-1, WAIST, 0],
    [0, WAIST, 1],
  ];
  const triangles = ring.flatMap((corner, at) => {
    const next = ring[(at + 1) % ring.length];
    return [...corner, ...next, 0, 1, 0, ...next, ...corner, 0, 0, 0];
  });
  const shape = new BufferGeometry();
  shape.setAttribute('position', new BufferAttribute(Float32Array.from(triangles), 3));
  shape.computeVertexNormals();
  return shape;
}

/** A joint: a sphere of radius 1 with 80 triangles. */
export function jointShape(): BufferGeometry {
  return new IcosahedronGeometry(1, 1);
}

/** A difference: an arrow of radius 1 from the origin to +Y; its head is the last 30 %. */
export function arrowShape(): BufferGeometry {
  const shaft = new CylinderGeometry(0.35, 0.35, 0.7, 5, 1, true).translate(0, 0.35, 0).toNonIndexed();
  const head = new ConeGeometry(1, 0.3, 6).translate(0, 0.85, 0).toNonIndexed();
  const shape = new BufferGeometry();
  for (const name of ['position', 'normal']) {
    const parts = [shaft, head].map((part) => part.getAttribute(name).array);
    const joined = new Float32Array(parts[0].length + parts[1].length);
    joined.set(parts[0]);
    joined.set(parts[1], parts[0].length);
    shape.setAttribute(name, new BufferAttribute(joined, 3));
  }
  shaft.dispose();
  head.dispose();
  return shape;
}
