import { expect, test } from 'vitest';
import { DIALECTS } from '../../test/dialect-skeletons.ts';
import { sampleSource, swingingClip } from '../../test/rig-clips.ts';
import { skeletonFrom } from '../../test/skeleton-from-text.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { buildRig } from './build-rig.ts';
import type { Rig } from './rig.ts';

const RIGS: readonly (readonly [string, Rig])[] = [
  ['sample', rigOf(sampleSource(2))],
  ...Object.entries(DIALECTS).map(([name, text]): [string, Rig] => {
    const { skeleton } = skeletonFrom(text);
    return [name, rigOf({ clip: swingingClip(skeleton, 2), map: matchSkeleton(skeleton).map })];
  }),
];

function rigOf({ clip, map }: Pick<ReturnType<typeof sampleSource>, 'clip' | 'map'>): Rig {
  return buildRig({
    name: 'body',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'humanik',
    rootMotion: 'root',
  });
}

test.each(RIGS)(
  '%s: a figure of at most 2000 triangles, something for every joint, no end site',
  (_, { skeleton, figure }) => {
    expect(figure.triangles.length / 3).toBeLessThan(2000);
    expect(figure.triangles.length / 3).toBeGreaterThan(300);
    const carried = new Set(figure.nodes);
    skeleton.isEndSite.forEach((isEnd, node) => {
      expect(carried.has(node), skeleton.names[node]).toBe(!isEnd);
    });
    expect(figure.positions.every(Number.isFinite)).toBe(true);
  },
);

test.each(RIGS)('%s: surfaces are closed, and triangles and normals look outwards', (_, { figure }) => {
  const { positions, normals, triangles, nodes } = figure;
  const edges = new Map<string, number>();
  const key = (corner: number) => `${nodes[corner]} ${[0, 1, 2].map((axis) => positions[corner * 3 + axis])}`;
  let volume = 0;
  for (let at = 0; at < triangles.length; at += 3) {
    const corners = [triangles[at], triangles[at + 1], triangles[at + 2]];
    const [a, b, c] = corners.map((corner) => [0, 1, 2].map((axis) => positions[corner * 3 + axis]));
    const cross = [0, 1, 2].map((axis) => {
      const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
      return (b[p] - a[p]) * (c[q] - a[q]) - (b[q] - a[q]) * (c[p] - a[p]);
    });
    const size = Math.hypot(...cross);
    expect(size).toBeGreaterThan(0);
    volume += a.reduce((sum, value, axis) => sum + (value * cross[axis]) / 6, 0);
    for (const corner of corners) {
      const along = cross.reduce((sum, value, axis) => sum + (value / size) * normals[corner * 3 + axis], 0);
      expect(along).toBeGreaterThan(0.99);
    }
    corners.forEach((corner, index) => {
      const edge = `${key(corner)} > ${key(corners[(index + 1) % 3])}`;
      edges.set(edge, (edges.get(edge) ?? 0) + 1);
    });
  }
  // Every edge is walked once in each direction: closed and turned alike; a positive volume: outwards.
  for (const [edge, count] of edges) {
    const [from, to] = edge.split(' > ');
    expect(edges.get(`${to} > ${from}`)).toBe(count);
  }
  expect(volume).toBeGreaterThan(1e-3);
});
