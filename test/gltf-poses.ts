import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Matrix4, Quaternion, Vector3 } from 'three';

interface Gltf {
  readonly nodes: readonly {
    readonly name?: string;
    readonly children?: readonly number[];
    readonly matrix?: readonly number[];
    readonly translation?: readonly number[];
    readonly rotation?: readonly number[];
    readonly scale?: readonly number[];
  }[];
  readonly meshes?: readonly unknown[];
  readonly animations?: readonly {
    readonly name?: string;
    readonly channels: readonly {
      readonly sampler: number;
      readonly target: { readonly node: number; readonly path: string };
    }[];
    readonly samplers: readonly { readonly input: number; readonly output: number }[];
  }[];
  readonly accessors: readonly {
    readonly bufferView: number;
    readonly byteOffset?: number;
    readonly count: number;
    readonly type: string;
  }[];
  readonly bufferViews: readonly { readonly byteOffset?: number; readonly byteLength: number }[];
  readonly buffers: readonly { readonly uri: string }[];
}

/** World positions of a glTF file's nodes in its animations, to compare another program's output with. */
export class GltfPoses {
  readonly names: readonly string[];
  readonly animations: readonly string[];
  readonly meshCount: number;
  private readonly gltf: Gltf;
  private readonly buffer: Buffer;

  /** @param file a .gltf with one buffer beside it */
  constructor(file: string) {
    this.gltf = JSON.parse(readFileSync(file, 'utf8'));
    this.buffer = readFileSync(join(dirname(file), this.gltf.buffers[0].uri));
    this.names = this.gltf.nodes.map(({ name }) => name ?? '');
    this.animations = (this.gltf.animations ?? []).map(({ name }) => name ?? '');
    this.meshCount = this.gltf.meshes?.length ?? 0;
  }

  /** Places by name, in the file's unit, at the key nearest to a time in seconds. */
  positionsAt(animation: number, seconds: number): ReadonlyMap<string, readonly [number, number, number]> {
    const { nodes, animations } = this.gltf;
    const { channels, samplers } = animations![animation];
    const driven = new Map<string, readonly number[]>();
    for (const { sampler, target } of channels) {
      const { input, output } = samplers[sampler];
      const times = this.numbers(input);
      const key = times.reduce(
        (best, time, at) => (Math.abs(time - seconds) < Math.abs(times[best] - seconds) ? at : best),
        0,
      );
      const size = target.path === 'rotation' ? 4 : 3;
      driven.set(`${target.node} ${target.path}`, this.numbers(output).slice(key * size, key * size + size));
    }
    const places = new Map<string, readonly [number, number, number]>();
    const visit = (node: number, above: Matrix4): void => {
      const { matrix, translation, rotation, scale, name, children = [] } = nodes[node];
      const [t, q, s] = [new Vector3(), new Quaternion(), new Vector3(1, 1, 1)];
      if (matrix) new Matrix4().fromArray([...matrix]).decompose(t, q, s);
      const own = (path: string, rest: readonly number[] | undefined) =>
        driven.get(`${node} ${path}`) ?? rest;
      const [moved, turned, scaled] = [
        own('translation', translation),
        own('rotation', rotation),
        own('scale', scale),
      ];
      if (moved) t.fromArray([...moved]);
      if (turned) q.fromArray([...turned]);
      if (scaled) s.fromArray([...scaled]);
      const world = above.clone().multiply(new Matrix4().compose(t, q, s));
      places.set(name ?? '', new Vector3().setFromMatrixPosition(world).toArray());
      for (const child of children) visit(child, world);
    };
    const below = new Set(nodes.flatMap(({ children = [] }) => children));
    nodes.forEach((_, node) => {
      if (!below.has(node)) visit(node, new Matrix4());
    });
    return places;
  }

  private numbers(accessor: number): number[] {
    const { bufferView, byteOffset = 0, count, type } = this.gltf.accessors[accessor];
    const start = (this.gltf.bufferViews[bufferView].byteOffset ?? 0) + byteOffset;
    const size = { SCALAR: 1, VEC3: 3, VEC4: 4 }[type] ?? 1;
    return Array.from({ length: count * size }, (_, at) => this.buffer.readFloatLE(start + at * 4));
  }
}
