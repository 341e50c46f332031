import { BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { solveFk } from '../../motion/skeleton/fk.ts';
import { LAYOUTS, type LayoutName } from '../../motion/skeleton/layouts.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { withGaps } from './frame-gaps.ts';
import type { OpenedClip } from './open-clip.ts';

/** Joint positions with names. */
export interface NamedPoints {
  readonly names: readonly string[];
  /** The layout they are in; null for a skeleton's own joints. */
  readonly layout: LayoutName | null;
  readonly dimensions: 2 | 3;
  /** Metres and Y up for 3D, pixels as found for 2D, [frame][joint][dimension]; NaN = not seen. */
  readonly positions: Float64Array;
  /** [frame][joint], 0..1; null where there is none. */
  readonly confidence: Float64Array | null;
}

/** The layout's own joints of a clip of positions; of a skeleton all joints, or body-17 where a layout is asked for. */
export function namedPoints(clip: OpenedClip, result: SolvedResult | null, inLayout: boolean): NamedPoints {
  const { source, dimensions, gaps } = clip;
  if (source.kind === 'positions') {
    const { layout, original } = source;
    return {
      names: LAYOUTS[layout].names,
      layout,
      dimensions,
      positions: result?.layoutPositions ?? source.positions,
      confidence: original.confidence,
    };
  }
  if (inLayout) {
    const body17 = result?.body17 ?? clip.body17;
    const positions = withGaps(body17, gaps);
    return { names: BODY17_NAMES, layout: 'h36m17', dimensions: 3, positions, confidence: null };
  }
  const { skeleton } = source.clip;
  const nodes = skeleton.names.flatMap((_, node) => (skeleton.isEndSite[node] ? [] : [node]));
  const positions = withGaps(nodePositions(result?.skeletonClip ?? source.clip, nodes), gaps, nodes.length);
  const names = nodes.map((node) => skeleton.names[node]);
  return { names, layout: null, dimensions: 3, positions, confidence: null };
}

/** Joints that `namedPoints` gives. */
export function namedPointCount({ source }: OpenedClip, inLayout: boolean): number {
  if (source.kind === 'positions') return LAYOUTS[source.layout].names.length;
  return inLayout ? BODY17_COUNT : source.clip.skeleton.isEndSite.filter((isEnd) => !isEnd).length;
}

/** World positions of some nodes, metres, [frame][node][xyz]. */
function nodePositions(clip: SkeletonClip, nodes: readonly number[]): Float64Array {
  const count = clip.skeleton.names.length;
  const positions = new Float64Array(count * 3);
  const rotations = new Float64Array(count * 4);
  const out = new Float64Array(clip.frameCount * nodes.length * 3);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, positions, rotations);
    nodes.forEach((node, index) => {
      for (let axis = 0; axis < 3; axis++)
        out[(frame * nodes.length + index) * 3 + axis] = positions[node * 3 + axis];
    });
  }
  return out;
}
