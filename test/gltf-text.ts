import { readGltf } from '../motion/formats/gltf/read-gltf.ts';
import type { RigTrack } from '../motion/formats/tracks.ts';
import { worldPositions } from './random-clip.ts';

/** Keys of a property: seconds, and the components at each. */
export interface Key {
  readonly times: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly interpolation?: string;
}
export type Channel = readonly [node: number, path: string, key: Key];

/** A .gltf with its buffer in it. */
export function gltf(
  nodes: readonly object[],
  animations: Readonly<Record<string, readonly Channel[]>>,
  more = {},
) {
  const floats: number[] = [];
  const accessors: object[] = [];
  const bufferViews: object[] = [];
  const add = (type: string, values: readonly number[], width: number): number => {
    bufferViews.push({ buffer: 0, byteOffset: floats.length * 4, byteLength: values.length * 4 });
    accessors.push({ bufferView: accessors.length, componentType: 5126, type, count: values.length / width });
    floats.push(...values);
    return accessors.length - 1;
  };
  const made = Object.entries(animations).map(([name, channels]) => ({
    name,
    channels: channels.map(([node, path], sampler) => ({ sampler, target: { node, path } })),
    samplers: channels.map(([, path, { times, values, interpolation }]) => ({
      input: add('SCALAR', times, 1),
      output: add(path === 'rotation' ? 'VEC4' : 'VEC3', values.flat(), path === 'rotation' ? 4 : 3),
      ...(interpolation ? { interpolation } : {}),
    })),
  }));
  const data = Buffer.from(Float32Array.from(floats).buffer);
  return {
    asset: { version: '2.0', extras: { fps: 10 } },
    scenes: [{ nodes: [0] }],
    nodes,
    animations: made,
    accessors,
    bufferViews,
    buffers: [
      {
        byteLength: data.length,
        uri: `data:application/octet-stream;base64,${data.toString('base64')}`,
      },
    ],
    ...more,
  };
}

export async function parse(document: object, resources?: ReadonlyMap<string, Uint8Array>) {
  return readGltf(new TextEncoder().encode(JSON.stringify(document)), 'scene.gltf', resources);
}

export async function tracksOf(document: object): Promise<RigTrack[]> {
  return (await parse(document)).tracks as RigTrack[];
}

/** World position of a joint in a frame, metres, to the micrometre. */
export function place({ clip }: RigTrack, name: string, frame: number): number[] {
  return worldPositions(clip)
    .get(name)!
    .slice(frame * 3, frame * 3 + 3)
    .map((value) => Number(value.toFixed(6)) + 0);
}

/** Hips at 1 m, a knee 0.5 below, a foot 0.5 below that; all skinned. */
export const LEG = [
  { name: 'Hips', translation: [0, 1, 0], children: [1] },
  { name: 'Knee', translation: [0, -0.5, 0], children: [2] },
  { name: 'Foot', translation: [0, -0.5, 0] },
];
export const SKIN = { skins: [{ joints: [0, 1, 2] }] };
export const QUARTER_Z = [0, 0, Math.SQRT1_2, Math.SQRT1_2];
export const NONE = [0, 0, 0, 1];
