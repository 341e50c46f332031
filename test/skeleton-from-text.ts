import type { Skeleton } from '../motion/skeleton/skeleton.ts';

/** Places of joints in a rest pose, metres. */
export type Places = Readonly<Record<string, readonly [x: number, y: number, z: number]>>;

/** A person in T-pose facing +Z, left at +X; metres. Places named like body-17 joints are what the map must find. */
export const PLACES: Places = {
  floor: [0, 0, 0],
  pelvis: [0, 0.95, 0],
  loins: [0, 0.955, 0],
  spine: [0, 1.08, 0],
  ribs: [0, 1.2, 0],
  chest: [0, 1.3, 0],
  thorax: [0, 1.45, 0],
  neck: [0, 1.55, 0],
  skull: [0, 1.6, 0],
  head: [0, 1.75, 0],
  jaw: [0, 1.55, 0.1],
  ...sided('Haunch', [0.08, 0.97, 0]),
  ...sided('Hip', [0.1, 0.9, 0]),
  ...sided('MidThigh', [0.1, 0.7, 0]),
  ...sided('Knee', [0.1, 0.48, 0]),
  ...sided('Ankle', [0.1, 0.08, 0]),
  ...sided('Toe', [0.1, 0.02, 0.15]),
  ...sided('Collar', [0.03, 1.42, 0]),
  ...sided('Shoulder', [0.18, 1.42, 0]),
  ...sided('Elbow', [0.46, 1.42, 0]),
  ...sided('Wrist', [0.7, 1.42, 0]),
  ...sided('Finger', [0.8, 1.42, 0]),
  ...sided('Eye', [0.03, 1.65, 0.08]),
};

/** A place on the left and its mirror image. */
export function sided(part: string, [x, y, z]: readonly [number, number, number]): Places {
  return { [`left${part}`]: [x, y, z], [`right${part}`]: [-x, y, z] };
}

/**
 * Builds a skeleton from indented lines of `name place`. A name `-` is an end site. `{A|B}` in a line makes the
 * block below it twice; in the block, `{}` stands for A and then for B, `*` in a place for left and then right.
 */
export function skeletonFrom(text: string, places = PLACES): { skeleton: Skeleton; placeOf: string[] } {
  const names: string[] = [];
  const parents: number[] = [];
  const placeOf: string[] = [];
  const offsets: number[] = [];
  const open: { indent: number; node: number }[] = [];
  for (const line of mirror(text)) {
    const indent = line.search(/\S/);
    const [name, place] = line.trim().split(/\s+/);
    while (open.length > 0 && open[open.length - 1].indent >= indent) open.pop();
    const parent = open.at(-1)?.node ?? -1;
    names.push(name === '-' ? `${names[parent]}.end` : name);
    parents.push(parent);
    placeOf.push(place);
    const from = parent < 0 ? [0, 0, 0] : places[placeOf[parent]];
    offsets.push(...places[place].map((value, axis) => value - from[axis]));
    open.push({ indent, node: names.length - 1 });
  }
  const skeleton: Skeleton = {
    names,
    parents: Int32Array.from(parents),
    restOffsets: Float64Array.from(offsets),
    isEndSite: names.map((name) => name.endsWith('.end')),
  };
  return { skeleton, placeOf };
}

function mirror(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const out: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const marks = /\{(.+)\|(.+)\}/.exec(lines[at]);
    if (!marks) {
      out.push(lines[at]);
      continue;
    }
    const indent = lines[at].search(/\S/);
    let end = at + 1;
    while (end < lines.length && lines[end].search(/\S/) > indent) end++;
    for (const [place, mark] of [
      ['left', marks[1]],
      ['right', marks[2]],
    ]) {
      for (const line of lines.slice(at, end)) {
        out.push(line.replace(/\{[^}]*\}/, mark).replace('*', place));
      }
    }
    at = end - 1;
  }
  return out;
}

/** Names that say nothing; end sites keep their mark. */
export function scramble(skeleton: Skeleton): Skeleton {
  const names = skeleton.names.map((_, node) => `bone_${String(node).padStart(3, '0')}`);
  return { ...skeleton, names: names.map((name, node) => (skeleton.isEndSite[node] ? `${name}.end` : name)) };
}
