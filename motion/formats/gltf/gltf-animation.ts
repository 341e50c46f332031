import type { FormatWarning } from '../../errors.ts';
import type { AccessorValues, GltfAccessors } from './gltf-accessor.ts';
import {
  failAt,
  index,
  items,
  type JsonPlace,
  member,
  optionalIndex,
  optionalText,
  shown,
} from './gltf-json.ts';

export type NodePath = 'translation' | 'rotation' | 'scale';
export type Interpolation = 'LINEAR' | 'STEP' | 'CUBICSPLINE';

/** How one property of a node changes. */
export interface GltfChannel {
  readonly node: number;
  readonly path: NodePath;
  readonly interpolation: Interpolation;
  /** Seconds, rising; at least one. */
  readonly times: Float64Array;
  /** [key][component], for CUBICSPLINE [key][tangent in, value, tangent out][component]. */
  readonly values: Float64Array;
}

export interface GltfAnimation {
  readonly name: string;
  readonly channels: readonly GltfChannel[];
}

const PATHS = new Set(['translation', 'rotation', 'scale']);
const INTERPOLATIONS = new Set(['LINEAR', 'STEP', 'CUBICSPLINE']);

/** The animations of a document that move nodes; shapes (`weights`) and what extensions animate is left out. */
export function readGltfAnimations(
  json: JsonPlace,
  accessors: GltfAccessors,
  nodeCount: number,
  warnings: FormatWarning[],
): GltfAnimation[] {
  const checked = new Set<AccessorValues>();
  return items(member(json, 'animations')).map((place, at) => {
    const samplers = items(member(place, 'samplers'));
    const channels = new Map<string, GltfChannel>();
    for (const channelPlace of items(member(place, 'channels'))) {
      const target = member(channelPlace, 'target');
      const node = optionalIndex(member(target, 'node'), nodeCount);
      const path = member(target, 'path').value;
      if (node === null || !PATHS.has(path as string)) continue;
      const sampler = samplers[index(member(channelPlace, 'sampler'), samplers.length)];
      const key = `${node} ${path}`;
      if (channels.has(key)) {
        warnings.push({
          place: channelPlace.path,
          message: `node ${node} has two ${path} channels; the first is used`,
        });
      } else channels.set(key, readChannel(sampler, node, path as NodePath, accessors, checked));
    }
    return {
      name: optionalText(member(place, 'name')) || `animation ${at}`,
      channels: [...channels.values()],
    };
  });
}

function readChannel(
  sampler: JsonPlace,
  node: number,
  path: NodePath,
  accessors: GltfAccessors,
  checked: Set<AccessorValues>,
): GltfChannel {
  const interpolationPlace = member(sampler, 'interpolation');
  const interpolation = interpolationPlace.value ?? 'LINEAR';
  if (!INTERPOLATIONS.has(interpolation as string)) failAt(interpolationPlace, `is ${shown(interpolation)}`);
  const inputPlace = member(sampler, 'input');
  const outputPlace = member(sampler, 'output');
  const input = accessors.read(inputPlace);
  const output = accessors.read(outputPlace);
  if (!checked.has(input)) checkTimes(inputPlace, input);
  checked.add(input);
  const perKey = interpolation === 'CUBICSPLINE' ? 3 : 1;
  const type = path === 'rotation' ? 'VEC4' : 'VEC3';
  if (output.type !== type || output.count !== input.count * perKey) {
    const wanted = `${input.count * perKey} ${type}`;
    failAt(outputPlace, `has ${output.count} values of type ${output.type}, expected ${wanted}`);
  }
  return {
    node,
    path,
    interpolation: interpolation as Interpolation,
    times: input.values,
    values: output.values,
  };
}

function checkTimes(place: JsonPlace, { type, count, values }: AccessorValues): void {
  if (type !== 'SCALAR' || count === 0) failAt(place, 'names no list of key times');
  for (let key = 1; key < values.length; key++) {
    if (!(values[key] >= values[key - 1])) {
      failAt(place, `has key ${key} at ${values[key]} s, before key ${key - 1} at ${values[key - 1]} s`);
    }
  }
}
