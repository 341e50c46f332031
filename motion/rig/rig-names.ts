import { plainNames } from '../formats/bvh-names.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { NAME_PRESETS } from './name-presets.ts';
import type { RigNames } from './rig.ts';
import { FINGERS, HALVES, NO_NODE, type RigRoles } from './roles.ts';

const LIMB_PARTS = ['clavicle', 'upperArm', 'lowerArm', 'hand', 'thigh', 'calf', 'foot', 'toe'] as const;

/**
 * Names of all nodes: unique ASCII below 63 bytes. A preset names hips, spine, neck, head, limbs, toes and
 * fingers; all other joints keep their own name, made plain, and end sites are their joint's with `_end`.
 */
export function rigNames(skeleton: Skeleton, roles: RigRoles, names: RigNames): string[] {
  if (names === 'as-input') return plainNames(skeleton.names);
  const given = presetNames(skeleton, roles, names);
  const own = plainNames(
    skeleton.names.map((name, node) => {
      const parent = skeleton.parents[node];
      if (given[node] !== undefined) return given[node];
      const isNamelessEnd = skeleton.isEndSite[node] && parent !== NO_PARENT;
      return isNamelessEnd ? `${given[parent] ?? skeleton.names[parent]}_end` : name;
    }),
  );
  // A joint of its own name that is a preset's, too, gives way: engines look for the preset's.
  const taken = new Set(given);
  return own.map((name, node) => {
    const preset = given[node];
    if (preset !== undefined) return preset;
    let free = name;
    for (let copy = 2; taken.has(free); copy++) free = `${name.slice(0, 56)}_${copy}`;
    taken.add(free);
    return free;
  });
}

/** The preset's name for each node that has a role; undefined for the others. */
function presetNames(
  skeleton: Skeleton,
  roles: RigRoles,
  names: Exclude<RigNames, 'as-input'>,
): (string | undefined)[] {
  const preset = NAME_PRESETS[names];
  const given: (string | undefined)[] = skeleton.names.map(() => undefined);
  const give = (node: number, name: string): void => {
    if (node !== NO_NODE && given[node] === undefined) given[node] = name;
  };
  give(roles.hips, preset.hips);
  give(roles.head, preset.head);
  roles.spine.forEach((node, index) => {
    give(node, preset.spine(index));
  });
  roles.neck.forEach((node, index) => {
    give(node, preset.neck(index));
  });
  for (const half of HALVES) {
    for (const part of LIMB_PARTS) {
      const node = roles[half][part];
      if (node !== NO_NODE && !skeleton.isEndSite[node]) give(node, preset.limb(part, half));
    }
    for (const finger of FINGERS) {
      roles[half].fingers[finger].forEach((node, index) => {
        give(node, preset.finger(finger, index, half));
      });
    }
    giveEnd(skeleton, given, roles[half].toe, preset.toeEnd(half));
  }
  giveEnd(skeleton, given, roles.head, preset.headTop);
  return given;
}

/** Names the end of a joint: its only end site, or a joint that its own name calls an end. */
function giveEnd(skeleton: Skeleton, given: (string | undefined)[], node: number, name: string): void {
  if (node === NO_NODE || skeleton.isEndSite[node]) return;
  const children = [...skeleton.parents.keys()].filter((child) => skeleton.parents[child] === node);
  const named = children.find((child) => /(top|toe|head)_?(end|nub)$/i.test(skeleton.names[child]));
  const ends = children.filter((child) => skeleton.isEndSite[child]);
  const end = named ?? (ends.length === 1 ? ends[0] : undefined);
  if (end !== undefined) given[end] ??= name;
}
