import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { matchSkeleton } from './match-skeleton.ts';
import type { Skeleton } from './skeleton.ts';

const MOCAP = fileURLToPath(new URL('../../../shared/mocap/', import.meta.url));
const hasMocap = existsSync(MOCAP);
if (!hasMocap) console.log(`skipped: no motion capture in ${MOCAP}`);

/** Names of the nodes of each body-17 joint, in its order. */
const DAZ =
  'hip rThigh rShin rFoot lThigh lShin lFoot abdomen neck head leftEye+rightEye lShldr lForeArm lHand rShldr rForeArm rHand';
const NATIVE =
  'Hips RightUpLeg RightLeg RightFoot LeftUpLeg LeftLeg LeftFoot Spine Neck Neck1 Head.end LeftArm LeftForeArm LeftHand RightArm RightForeArm RightHand';

/** Reads the HIERARCHY of a clean BVH file. */
function readHierarchy(text: string): Skeleton {
  const names: string[] = [];
  const parents: number[] = [];
  const restOffsets: number[] = [];
  const open: number[] = [];
  for (const line of text.slice(0, text.indexOf('MOTION')).split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'ROOT' || word === 'JOINT' || word === 'End') {
      parents.push(open.at(-1) ?? -1);
      names.push(word === 'End' ? `${names[open.at(-1)!]}.end` : rest[0]);
    } else if (word === '{') open.push(names.length - 1);
    else if (word === '}') open.pop();
    else if (word === 'OFFSET') restOffsets.push(...rest.map((value) => Number(value) / 100));
  }
  const isEndSite = names.map((name) => name.endsWith('.end'));
  return { names, parents: Int32Array.from(parents), restOffsets: Float64Array.from(restOffsets), isEndSite };
}

function clips(): { folder: string; file: string; skeleton: Skeleton }[] {
  return ['train', 'val', 'test'].flatMap((split) =>
    readdirSync(`${MOCAP}${split}`).flatMap((folder) =>
      readdirSync(`${MOCAP}${split}/${folder}`).map((file) => ({
        folder,
        file,
        skeleton: readHierarchy(readFileSync(`${MOCAP}${split}/${folder}/${file}`, 'latin1')),
      })),
    ),
  );
}

test.runIf(hasMocap)('every real clip maps by names to the joints its description lists', () => {
  const all = clips();
  expect(all.length).toBeGreaterThan(0);
  for (const { folder, file, skeleton } of all) {
    const { map, derived, how } = matchSkeleton(skeleton);
    const found = map.map((blend) => blend.map(({ node }) => skeleton.names[node]).join('+')).join(' ');
    expect(`${file} ${how} ${found}`).toBe(`${file} names ${folder === 'cmu-native' ? NATIVE : DAZ}`);
    expect(derived).not.toContain(true);
  }
});

test.runIf(hasMocap)('every real clip has the same limbs when its names say nothing', () => {
  for (const { file, skeleton } of clips()) {
    const byName = matchSkeleton(skeleton);
    const byShape = matchSkeleton({ ...skeleton, names: skeleton.names.map((_, node) => `bone_${node}`) });
    expect(byShape.how).toBe('topology');
    // All but the head top, which has neither a name nor, on Daz, an end site.
    const nodes = (match: typeof byName) =>
      match.map.flatMap((blend, joint) => (joint === 10 ? [] : [blend[0].node]));
    expect([file, ...nodes(byShape)]).toEqual([file, ...nodes(byName)]);
  }
});
