import { layoutToBody17 } from '../../skeleton/layout-to-body17.ts';
import { LAYOUT_NAMES, LAYOUTS, type LayoutName } from '../../skeleton/layouts.ts';
import { columnsOfJoints } from './joint-label.ts';

/** The layout that named points make, and of which points each of its joints is the weighted sum. */
export interface JointMatch {
  readonly layout: LayoutName;
  /** Per layout joint; empty where no name means it. Weights add up to 1. */
  readonly sources: readonly (readonly Source[])[];
  /** Names that are not used. */
  readonly unused: readonly string[];
  /** Layout joints that no name means. */
  readonly missing: readonly string[];
}

interface Source {
  readonly column: number;
  readonly weight: number;
}

type Blend = readonly Source[];

/** Without these there is no body. */
const LIMBS = ['Hip', 'Knee', 'Ankle', 'Shoulder', 'Elbow', 'Wrist'];

/** Layouts that are put together from names like `LHip`, in the order in which they are tried. */
const NAMED_LAYOUTS: readonly LayoutName[] = [
  'mediapipe33',
  'halpe26',
  'body25',
  'smpl24',
  'smpl22',
  'kinect25',
  'coco17',
  'lsp14',
  'h36m17',
];

/** Joints that the sources call by each other's names. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  midHip: 'pelvis',
  pelvis: 'midHip',
  headTop: 'head',
  head: 'headTop',
};

/**
 * The layout that makes most of some names: most joints of body-17 first, then most of the names.
 * Null where a limb joint is missing; `missingLimbs` then says which.
 */
export function matchJointNames(names: readonly string[]): JointMatch | null {
  const exact = LAYOUT_NAMES.find((layout) => isExactly(names, LAYOUTS[layout].names));
  if (exact !== undefined) {
    const sources = names.map((_, column) => [{ column, weight: 1 }]);
    return { layout: exact, sources, unused: [], missing: [] };
  }
  if (missingLimbs(names).length > 0) return null;
  const columns = columnsOfJoints(names);
  const matches = NAMED_LAYOUTS.map((layout) => matchLayout(layout, columns, names));
  const rank = (match: JointMatch): number =>
    1000 * completeJoints(match) - match.unused.length - match.missing.length / 1000;
  return matches.toSorted((a, b) => rank(b) - rank(a))[0];
}

/** Limb joints of a body that no name means. */
export function missingLimbs(names: readonly string[]): string[] {
  const columns = columnsOfJoints(names);
  return ['left', 'right'].flatMap((side) =>
    LIMBS.map((limb) => side + limb).filter((joint) => !columns.has(joint)),
  );
}

/** Names and numbers of a table in layout order: `values` is [frame][name][width], so is the result with joints. */
export function toLayoutOrder(
  values: Float64Array,
  nameCount: number,
  width: number,
  match: JointMatch,
): Float64Array {
  const { sources } = match;
  const frameCount = values.length / (nameCount * width);
  const out = new Float64Array(frameCount * sources.length * width).fill(Number.NaN);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let joint = 0; joint < sources.length; joint++) {
      const blend = sources[joint];
      if (blend.length === 0) continue;
      for (let axis = 0; axis < width; axis++) {
        let sum = 0;
        for (const { column, weight } of blend) {
          const value = values[(frame * nameCount + column) * width + axis];
          sum += weight === 1 ? value : weight * value;
        }
        out[(frame * sources.length + joint) * width + axis] = sum;
      }
    }
  }
  return out;
}

function isExactly(names: readonly string[], joints: readonly string[]): boolean {
  return names.length === joints.length && names.every((name, joint) => name === joints[joint]);
}

function matchLayout(
  layout: LayoutName,
  columns: ReadonlyMap<string, number>,
  names: readonly string[],
): JointMatch {
  const joints = LAYOUTS[layout].names;
  const trunk = layout === 'h36m17' ? trunkOf(columns) : {};
  const sources = joints.map((joint): Blend => trunk[joint] ?? blendOf(columns, [joint, OTHER_NAMES[joint]]));
  const used = new Set(sources.flat().map(({ column }) => column));
  return {
    layout,
    sources,
    unused: names.filter((_, column) => !used.has(column)),
    missing: joints.filter((_, joint) => sources[joint].length === 0),
  };
}

/** Joints of body-17 that this layout gives from these names. */
function completeJoints({ layout, sources }: JointMatch): number {
  const { weights } = layoutToBody17(layout);
  return weights.filter((blend) => blend.every(({ joint }) => sources[joint].length > 0)).length;
}

/** The trunk of Human3.6M from whatever there is: joint centres and markers seldom have all of it. */
function trunkOf(columns: ReadonlyMap<string, number>): Readonly<Record<string, Blend>> {
  const pair = (part: string): Blend => meanOf([`left${part}`, `right${part}`], columns);
  const first = (...blends: Blend[]): Blend => blends.find((blend) => blend.length > 0) ?? [];
  const neck = blendOf(columns, ['neck']);
  const pelvis = first(blendOf(columns, ['pelvis', 'midHip']), pair('Hip'));
  const thorax = first(blendOf(columns, ['thorax']), neck, pair('Shoulder'));
  const headband = meanOf(['leftHeadFront', 'rightHeadFront', 'leftHeadBack', 'rightHeadBack'], columns);
  const head = first(
    blendOf(columns, ['headTop', 'head']),
    headband,
    pair('Ear'),
    blendOf(columns, ['nose']),
  );
  const hasOwnNeck = columns.has('thorax') && neck.length > 0;
  return {
    pelvis,
    thorax,
    head,
    spine: first(blendOf(columns, ['spine', 'spine2']), middle(pelvis, thorax)),
    neck: hasOwnNeck ? neck : middle(thorax, head),
  };
}

function blendOf(columns: ReadonlyMap<string, number>, joints: readonly (string | undefined)[]): Blend {
  const found = joints.find((joint) => joint !== undefined && columns.has(joint));
  return found === undefined ? [] : [{ column: columns.get(found)!, weight: 1 }];
}

/** The mean of joints, all of which there must be. */
function meanOf(joints: readonly string[], columns: ReadonlyMap<string, number>): Blend {
  const found = joints.flatMap((joint) => columns.get(joint) ?? []);
  return found.length < joints.length ? [] : found.map((column) => ({ column, weight: 1 / found.length }));
}

function middle(a: Blend, b: Blend): Blend {
  if (a.length === 0 || b.length === 0) return [];
  return [...a, ...b].map(({ column, weight }) => ({ column, weight: weight / 2 }));
}
