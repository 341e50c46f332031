import { applyTurn, invertTurn } from '../../motion/formats/axes.ts';
import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import { prependRestFrame } from '../../motion/formats/bvh-from-skeleton.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { type BvhUnits, bvhTurn } from '../../motion/formats/bvh-skeleton.ts';
import { metresPerUnit } from '../../motion/formats/unit-guess.ts';
import { conjugateQuat, quatBetween, setIdentityQuat } from '../../motion/math/quat.ts';
import { rebaseClip, rebaseSkeleton } from '../../motion/rig/rebase.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { jointCount, NO_PARENT, type Skeleton } from '../../motion/skeleton/skeleton.ts';
import { dialectClip } from './dialect-clip.ts';
import type { BvhDialect } from './dialects.ts';

export function dialectUnits({
  unit,
  upAxis = 'y',
}: BvhDialect): Required<Pick<BvhUnits, 'metresPerUnit' | 'upAxis'>> {
  return { metresPerUnit: metresPerUnit(unit), upAxis };
}

/** The dialect's few frames as the text of a file. */
export function dialectText(dialect: BvhDialect): string {
  const { lineEnding = '\n', decimals = 6, zeroFrames = 0 } = dialect;
  const standing = dialectClip(dialect);
  const clip = dialect.bonesAlongX ? withBonesAlongX(standing) : standing;
  const hierarchy = hierarchyLines(dialect, clip.skeleton);
  const document = readBvh(new TextEncoder().encode([...hierarchy.lines, ''].join('\n')), dialect.file, {
    frameTime: clip.frameTime,
  });
  const nodeOfJoint = Int32Array.from(hierarchy.nodes);
  const motion = clipToBvhMotion(document, clip, { ...dialectUnits(dialect), nodeOfJoint, base: null });
  const shown = dialect.hasTPoseFrame ? prependRestFrame(document, motion) : motion;
  const { channelCount } = document;
  const rows = Array.from({ length: shown.length / channelCount }, (_, frame) =>
    [...shown.subarray(frame * channelCount, (frame + 1) * channelCount)].map((value) =>
      value.toFixed(decimals),
    ),
  );
  const zeros = Array.from({ length: zeroFrames }, () => Array(channelCount).fill('0'));
  const all = [...zeros, ...rows].map((row) => row.join(' '));
  const head = ['MOTION', `Frames: ${all.length}`, `Frame Time: ${clip.frameTime.toFixed(7)}`];
  return [...hierarchy.lines, ...head, ...all, ''].join(lineEnding);
}

function hierarchyLines(dialect: BvhDialect, { names, parents, restOffsets, isEndSite }: Skeleton) {
  const {
    indent = '\t',
    endSite = 'End Site',
    decimals = 6,
    order,
    rootOrder = order,
    movesJoints = false,
  } = dialect;
  const units = dialectUnits(dialect);
  const toFile = invertTurn(bvhTurn(units));
  const lines = ['HIERARCHY'];
  const nodes: number[] = [];
  const offsetOf = (node: number): string => {
    const offset = restOffsets.slice(node * 3, node * 3 + 3);
    applyTurn(offset, 0, toFile);
    return `OFFSET ${[...offset].map((value) => (value / units.metresPerUnit).toFixed(decimals)).join(' ')}`;
  };
  const visit = (node: number, depth: number): void => {
    const isRoot = parents[node] === NO_PARENT;
    const tabs = indent.repeat(depth);
    const rotations = [...(isRoot ? rootOrder : order)].map((axis) => `${axis}rotation`).join(' ');
    const channels =
      isRoot || movesJoints ? `6 Xposition Yposition Zposition ${rotations}` : `3 ${rotations}`;
    nodes.push(node);
    lines.push(`${tabs}${isRoot ? 'ROOT' : 'JOINT'} ${names[node]}`, `${tabs}{`);
    lines.push(
      `${tabs}${indent}${isRoot ? 'OFFSET 0 0 0' : offsetOf(node)}`,
      `${tabs}${indent}CHANNELS ${channels}`,
    );
    const children = [...parents.keys()].filter((child) => parents[child] === node);
    for (const child of children) {
      if (!isEndSite[child]) visit(child, depth + 1);
      else lines.push(...endSiteLines(tabs + indent, indent, endSite, offsetOf(child)));
    }
    if (children.length === 0) lines.push(...endSiteLines(tabs + indent, indent, endSite, 'OFFSET 0 0 0'));
    lines.push(`${tabs}}`);
  };
  visit(0, 0);
  return { lines, nodes };
}

function endSiteLines(tabs: string, indent: string, endSite: string, offset: string): string[] {
  return [`${tabs}${endSite}`, `${tabs}{`, `${tabs}${indent}${offset}`, `${tabs}}`];
}

/** The same motion with every joint's own X axis along its bone, as some capture systems have it. */
function withBonesAlongX(clip: SkeletonClip): SkeletonClip {
  const { skeleton } = clip;
  const turns = new Float64Array(jointCount(skeleton) * 4);
  const along = new Float64Array(4);
  for (let node = 0; node < jointCount(skeleton); node++) {
    setIdentityQuat(turns, node * 4);
    const child = skeleton.parents.indexOf(node);
    if (child < 0) continue;
    quatBetween(along, 0, [1, 0, 0], 0, skeleton.restOffsets, child * 3);
    conjugateQuat(turns, node * 4, along, 0);
  }
  return rebaseClip(clip, turns, rebaseSkeleton(skeleton, turns));
}
