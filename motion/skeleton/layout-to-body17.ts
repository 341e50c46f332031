import { BODY17_COUNT, BODY17_NAMES } from './body17.ts';
import { LAYOUT_NAMES, LAYOUTS, type LayoutName } from './layouts.ts';

/** How a layout's joints make body-17 joints. */
export interface LayoutMap {
  /** Per body-17 joint, the layout joints whose weighted sum it is. Weights add up to 1; some are negative. */
  readonly weights: readonly (readonly { readonly joint: number; readonly weight: number }[])[];
  /** Per body-17 joint, true where the layout has no such joint and it is computed from others. */
  readonly derived: readonly boolean[];
}

/** Positions of the refiner's joints. */
export interface Body17Positions {
  /** Shape [frame][17][dimension], in the unit of the input. NaN where a joint it needs is NaN. */
  readonly positions: Float64Array;
  readonly derived: readonly boolean[];
}

/** Joint name to weight; adds up to 1. */
type Blend = Readonly<Record<string, number>>;

interface TrunkRecipe {
  readonly pelvis: Blend;
  readonly spine: Blend;
  readonly thorax: Blend;
  readonly neck: Blend;
  readonly head: Blend;
}

const MID_HIPS: Blend = { leftHip: 0.5, rightHip: 0.5 };
const MID_SHOULDERS: Blend = { leftShoulder: 0.5, rightShoulder: 0.5 };
const MID_EARS: Blend = { leftEar: 0.5, rightEar: 0.5 };

/**
 * Where the ears stand on the line from the base of the neck (0) to the top of the head (1): two thirds of the
 * way, as anthropometric tables have it. So the head top lies at 1.5 times the way to the ears, and the joint
 * between neck and skull, half way to the top in Human3.6M, lies at about half the way to them.
 */
const HEAD_TOP_PER_EAR = 1.5;
const NECK_PER_EAR = 0.5;

/**
 * SMPL has no head top. Its head joint leans forward of the neck joint in the rest pose, so the top is
 * extrapolated along the line from spine3, whose length times 0.6 is the distance to the top of the mesh.
 */
const SMPL_HEAD_TOP = 0.6;

const SMPL_RECIPE: TrunkRecipe = {
  pelvis: { pelvis: 1 },
  // Half way from pelvis to neck, as in Human3.6M; spine1 stands at a fifth.
  spine: { spine2: 1 },
  thorax: { neck: 1 },
  neck: { head: 1 },
  head: { head: 1 + SMPL_HEAD_TOP, spine3: -SMPL_HEAD_TOP },
};

const RECIPES: Readonly<Record<LayoutName, TrunkRecipe>> = {
  h36m17: h36mRecipe(),
  'h36m17-left': h36mRecipe(),
  coco17: keypointRecipe(MID_HIPS, MID_SHOULDERS),
  mediapipe33: keypointRecipe(MID_HIPS, MID_SHOULDERS),
  // OpenPose trains `neck` as the middle of the shoulders: the thorax of Human3.6M.
  body25: keypointRecipe({ midHip: 1 }, { neck: 1 }),
  halpe26: { ...keypointRecipe({ midHip: 1 }, { neck: 1 }), head: { headTop: 1 } },
  lsp14: {
    pelvis: MID_HIPS,
    spine: mix(0.5, MID_HIPS, 0.5, { neck: 1 }),
    thorax: { neck: 1 },
    neck: { neck: 0.5, headTop: 0.5 },
    head: { headTop: 1 },
  },
  smpl24: SMPL_RECIPE,
  smpl22: SMPL_RECIPE,
  smpl45: SMPL_RECIPE,
  wholebody133: keypointRecipe(MID_HIPS, MID_SHOULDERS),
  h36m16: { ...h36mRecipe(), neck: { thorax: 0.5, head: 0.5 } },
  // Joints of Human3.6M where it has them; LSP's neck is where SPIN itself looks for that of Human3.6M.
  spin49: {
    pelvis: { pelvisMpii: 1 },
    spine: { spine: 1 },
    thorax: { neckLsp: 1 },
    neck: { jaw: 1 },
    head: { head: 1 },
  },
  // Its head is the middle of the head, about as high as the ears.
  kinect25: { ...keypointRecipe({ pelvis: 1 }, { thorax: 1 }, { head: 1 }), spine: { spine: 1 } },
};

/** How a layout's joints make body-17 joints, and which of those the layout lacks. */
export function layoutToBody17(layout: LayoutName): LayoutMap {
  return LAYOUT_MAPS[layout];
}

/**
 * Converts positions in a layout to body-17.
 * `positions` has shape [frame][layout joint][dimension], any unit. A joint that stands for itself is copied
 * bit by bit; one made of several is NaN where any of them is.
 * Throws RangeError when the array's length is not frames times joints times dimensions.
 */
export function toBody17(
  positions: ArrayLike<number>,
  frameCount: number,
  layout: LayoutName,
  dimensions: 2 | 3 = 3,
): Body17Positions {
  const joints = LAYOUTS[layout].names.length;
  if (positions.length !== frameCount * joints * dimensions) {
    throw new RangeError(
      `${layout} positions hold ${positions.length} numbers, expected ${frameCount} frames of ${joints} joints with ${dimensions} dimensions`,
    );
  }
  const { weights, derived } = layoutToBody17(layout);
  const out = new Float64Array(frameCount * BODY17_COUNT * dimensions);
  for (let frame = 0; frame < frameCount; frame++) {
    const source = frame * joints * dimensions;
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      const target = (frame * BODY17_COUNT + joint) * dimensions;
      const blend = weights[joint];
      for (let axis = 0; axis < dimensions; axis++) {
        let sum = positions[source + blend[0].joint * dimensions + axis] * blend[0].weight;
        for (let part = 1; part < blend.length; part++) {
          sum += positions[source + blend[part].joint * dimensions + axis] * blend[part].weight;
        }
        out[target + axis] = sum;
      }
    }
  }
  return { positions: out, derived };
}

const LAYOUT_MAPS = Object.fromEntries(LAYOUT_NAMES.map((layout) => [layout, buildMap(layout)])) as Readonly<
  Record<LayoutName, LayoutMap>
>;

function buildMap(layout: LayoutName): LayoutMap {
  const { names } = LAYOUTS[layout];
  const trunk: Readonly<Record<string, Blend>> = { ...RECIPES[layout] };
  // Limb joints bear the same names in every layout.
  const weights = BODY17_NAMES.map((name) =>
    Object.entries(trunk[name] ?? { [name]: 1 }).map(([part, weight]) => ({
      joint: names.indexOf(part),
      weight,
    })),
  );
  return { weights, derived: weights.map((blend) => blend.length > 1) };
}

function h36mRecipe(): TrunkRecipe {
  return {
    pelvis: { pelvis: 1 },
    spine: { spine: 1 },
    thorax: { thorax: 1 },
    neck: { neck: 1 },
    head: { head: 1 },
  };
}

/** For layouts of image keypoints: the trunk from hips, shoulders and ears. */
function keypointRecipe(pelvis: Blend, thorax: Blend, ears: Blend = MID_EARS): TrunkRecipe {
  return {
    pelvis,
    spine: mix(0.5, pelvis, 0.5, thorax),
    thorax,
    neck: mix(1 - NECK_PER_EAR, thorax, NECK_PER_EAR, ears),
    head: mix(1 - HEAD_TOP_PER_EAR, thorax, HEAD_TOP_PER_EAR, ears),
  };
}

function mix(weightA: number, a: Blend, weightB: number, b: Blend): Blend {
  const out: Record<string, number> = {};
  for (const [name, weight] of Object.entries(a)) out[name] = weight * weightA;
  for (const [name, weight] of Object.entries(b)) out[name] = (out[name] ?? 0) + weight * weightB;
  return out;
}
