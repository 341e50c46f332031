import { FormatError } from '../errors.ts';
import { BODY17_NAMES } from './body17.ts';
import type { NodeBlend } from './match-trunk.ts';
import type { Skeleton } from './skeleton.ts';

/** Which joints of a file stand for body-17 joints, as its user says. Keys are `BODY17_NAMES`; any may be absent. */
export interface JointMap {
  /** Where it was read, for messages. */
  readonly source: string;
  /** Joint names per body-17 joint; several mean their mean position. */
  readonly joints: Readonly<Record<string, readonly string[]>>;
}

const SHAPE = 'expected an object like { "pelvis": "MyHips", "head": ["leftEye", "rightEye"] }';

/**
 * Reads the JSON text of a joint map: body-17 names, each with a joint name or a list of joint names.
 * `source` names the file in messages. Throws FormatError for text that is not JSON, unknown keys and values
 * that are not names.
 */
export function parseJointMap(text: string, source: string): JointMap {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new FormatError(source, 'JSON', error instanceof Error ? error.message : String(error), SHAPE);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(source, 'JSON', 'the joint map is not an object', SHAPE);
  }
  const joints: Record<string, readonly string[]> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (!BODY17_NAMES.includes(key)) {
      throw new FormatError(source, key, 'is not a body joint', `the keys are ${BODY17_NAMES.join(', ')}`);
    }
    const names: unknown = typeof entry === 'string' ? [entry] : entry;
    if (!isNameList(names)) {
      throw new FormatError(
        source,
        key,
        `has the value ${JSON.stringify(entry)}`,
        'give a joint name or a list of joint names',
      );
    }
    joints[key] = names;
  }
  return { source, joints };
}

/**
 * Finds a joint map's nodes in a skeleton. Returns the blends by body-17 name, only for the keys the map has.
 * A name matches exactly, or else in another case or without its namespace (`Hips` for `mixamorig:Hips`) when
 * that is one node only. Throws FormatError with the nearest names when there is no such joint.
 */
export function resolveJointMap(map: JointMap, skeleton: Skeleton): Readonly<Record<string, NodeBlend>> {
  return Object.fromEntries(
    Object.entries(map.joints).map(([key, names]) => [
      key,
      names.map((name) => ({ node: findNode(map, key, name, skeleton), weight: 1 / names.length })),
    ]),
  );
}

/** The names that need the fewest edits to become `word`, best first. */
export function nearestNames(word: string, names: readonly string[], count = 3): string[] {
  return names
    .map((name) => ({ name, edits: editDistance(looseName(word), looseName(name)) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ name }) => name);
}

function isNameList(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '')
  );
}

function findNode(map: JointMap, key: string, name: string, skeleton: Skeleton): number {
  const exact = skeleton.names.indexOf(name);
  if (exact >= 0) return exact;
  const loose = skeleton.names.flatMap((other, node) => (looseName(other) === looseName(name) ? [node] : []));
  if (loose.length === 1) return loose[0];
  throw new FormatError(
    map.source,
    key,
    loose.length > 1
      ? `"${name}" is the name of ${loose.length} joints`
      : `the skeleton has no joint "${name}"`,
    `${loose.length > 1 ? 'write one in full' : 'near names are'}: ${
      loose.length > 1
        ? loose.map((node) => skeleton.names[node]).join(', ')
        : nearestNames(name, skeleton.names).join(', ')
    }`,
  );
}

function looseName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase();
}

/** Levenshtein distance: insertions, deletions and substitutions that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    for (let column = 1; column <= b.length; column++) {
      const substitution = row[column - 1] + (a[line - 1] === b[column - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[column] + 1, next[column - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
