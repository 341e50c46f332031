import type { FbxModel, FbxSceneTree } from './fbx-scene-tree.ts';

/** Models that are joints of one body; parents precede children. */
export interface FbxJoints {
  /** Name of the topmost joint. */
  readonly name: string;
  /** Index of each joint's model. */
  readonly models: readonly number[];
  /** Joint, not model; -1 for the first. */
  readonly parents: Int32Array;
}

const BONE_KINDS: ReadonlySet<string> = new Set(['LimbNode', 'Limb', 'Root']);

/**
 * The skeletons of a scene: each topmost bone with the bones below it, and what lies between them. In files
 * without bones every animated chain of empty nodes is one.
 */
export function findSkeletons({ models, stacks }: FbxSceneTree): FbxJoints[] {
  const bones = models.map(({ kind }) => BONE_KINDS.has(kind));
  if (bones.some((isBone) => isBone)) return collect(models, bones);
  const animated = new Set(stacks.flatMap(({ channels }) => channels.map(({ model }) => model)));
  return collect(
    models,
    models.map(({ kind }, index) => animated.has(index) && kind !== 'Camera' && kind !== 'Light'),
  );
}

function collect(models: readonly FbxModel[], isBone: readonly boolean[]): FbxJoints[] {
  const hasBoneBelow = models.map(() => false);
  for (let index = models.length - 1; index >= 0; index--) {
    const { parent } = models[index];
    if (parent >= 0 && (isBone[index] || hasBoneBelow[index])) hasBoneBelow[parent] = true;
  }
  const skeletons: { name: string; models: number[]; parents: number[] }[] = [];
  /** Skeleton and joint of each model. */
  const placeOf = new Map<number, readonly [skeleton: number, joint: number]>();
  models.forEach(({ name, parent }, index) => {
    const above = placeOf.get(parent);
    // Nodes between bones carry motion, too.
    if (!isBone[index] && !(above && hasBoneBelow[index])) return;
    const [which, joint] = above ?? [skeletons.length, -1];
    if (!above) skeletons.push({ name, models: [], parents: [] });
    placeOf.set(index, [which, skeletons[which].models.length]);
    skeletons[which].models.push(index);
    skeletons[which].parents.push(joint);
  });
  return skeletons.map((found) => ({ ...found, parents: Int32Array.from(found.parents) }));
}
