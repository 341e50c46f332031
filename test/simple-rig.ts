import type { FigureMesh, Rig, RigTake } from '../motion/rig/rig.ts';
import type { SkeletonClip } from '../motion/skeleton/clip.ts';
import { buildRestTree } from '../motion/skeleton/rest-tree.ts';
import type { Skeleton } from '../motion/skeleton/skeleton.ts';

/** Half the edge of the little marker at each node, metres. */
const MARKER = 0.02;

/**
 * A rig for tests of writers: the clips' own skeleton, which must be identity at rest, with every frame a key and a
 * tetrahedron at each node for a figure.
 */
export function simpleRig(name: string, clips: readonly SkeletonClip[]): Rig {
  const { skeleton, frameTime } = clips[0];
  return {
    name,
    skeleton,
    takes: clips.map(takeOf),
    fps: Math.round(1 / frameTime),
    figure: markers(skeleton),
  };
}

function takeOf({ name, skeleton, frameCount, localRotations, localTranslations }: SkeletonClip): RigTake {
  const { parents, restOffsets } = skeleton;
  const movingNodes = [...parents.keys()].filter((node) => {
    if (node === 0) return true;
    return Array.from({ length: frameCount }, (_, frame) => frame).some((frame) =>
      [0, 1, 2].some(
        (axis) =>
          localTranslations[(frame * parents.length + node) * 3 + axis] !== restOffsets[node * 3 + axis],
      ),
    );
  });
  return {
    name,
    frameCount,
    localRotations,
    localTranslations,
    movingNodes,
    rotationKeys: null,
    translationKeys: null,
  };
}

function markers(skeleton: Skeleton): FigureMesh {
  const { positions } = buildRestTree(skeleton);
  const corners = [
    [1, 1, 1],
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ];
  const faces = [
    [0, 1, 2],
    [0, 3, 1],
    [0, 2, 3],
    [1, 3, 2],
  ];
  const nodes = skeleton.names.map((_, node) => node);
  const unit = 1 / Math.sqrt(3);
  return {
    positions: Float32Array.from(
      nodes.flatMap((node) =>
        corners.flatMap((corner) => corner.map((sign, axis) => positions[node * 3 + axis] + sign * MARKER)),
      ),
    ),
    normals: Float32Array.from(nodes.flatMap(() => corners.flat().map((sign) => sign * unit))),
    triangles: Uint32Array.from(nodes.flatMap((node) => faces.flat().map((corner) => node * 4 + corner))),
    nodes: Uint16Array.from(nodes.flatMap((node) => corners.map(() => node))),
  };
}
