import { BODY17_COUNT, type Body17Map } from './body17.ts';
import type { SkeletonClip } from './clip.ts';
import { solveFk } from './fk.ts';

/**
 * World positions of the body-17 joints, metres. Shape [frame][17][xyz]. A joint whose map entry is empty is
 * NaN in every frame.
 */
export function body17Positions(clip: SkeletonClip, map: Body17Map): Float64Array {
  const nodeCount = clip.skeleton.names.length;
  const positions = new Float64Array(nodeCount * 3);
  const rotations = new Float64Array(nodeCount * 4);
  const out = new Float64Array(clip.frameCount * BODY17_COUNT * 3);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, positions, rotations);
    writeBody17(out, frame * BODY17_COUNT * 3, map, positions);
  }
  return out;
}

/** The 17 positions of one frame from its nodes' world positions ([node][xyz]). */
export function writeBody17(
  out: Float64Array,
  outOffset: number,
  map: Body17Map,
  nodePositions: Float64Array,
): void {
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const entry = map[joint];
    const at = outOffset + joint * 3;
    const start = entry.length === 0 ? Number.NaN : 0;
    out[at] = start;
    out[at + 1] = start;
    out[at + 2] = start;
    for (let part = 0; part < entry.length; part++) {
      const { node, weight } = entry[part];
      out[at] += weight * nodePositions[node * 3];
      out[at + 1] += weight * nodePositions[node * 3 + 1];
      out[at + 2] += weight * nodePositions[node * 3 + 2];
    }
  }
}
