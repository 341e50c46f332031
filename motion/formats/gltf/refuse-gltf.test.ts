import { expect, test } from 'vitest';
import { type Channel, gltf, LEG, NONE, parse, QUARTER_Z, SKIN } from '../../../test/gltf-text.ts';
import { FormatError } from '../../errors.ts';

const turnKnee: Readonly<Record<string, readonly Channel[]>> = {
  walk: [[1, 'rotation', { times: [0, 0.1], values: [NONE, QUARTER_Z] }]],
};

test.each([
  ['no animation', gltf(LEG, {}, SKIN), 'scene.gltf:animations: the file holds no animation; export'],
  ['another version', gltf(LEG, turnKnee, { asset: { version: '1.0' } }), 'JSON: says asset version 1.0'],
  [
    'a circle of nodes',
    gltf([{ children: [1] }, { children: [0] }], turnKnee),
    'nodes: has 2 nodes that hang below themselves',
  ],
  [
    'two parents',
    gltf([{ children: [2] }, { children: [2] }, {}], turnKnee),
    'nodes[1].children[0]: is node 2, which has a parent',
  ],
  [
    'a child that is not there',
    gltf([{ children: [9] }], turnKnee),
    'nodes[0].children[0]: is 9, expected a whole number from 0 to 0',
  ],
  [
    'an absurd count',
    gltf(LEG, turnKnee, { accessors: [{ bufferView: 0, componentType: 5126, type: 'SCALAR', count: 1e15 }] }),
    'accessors[0]: needs 4000000000000000 bytes of a buffer view of 8',
  ],
  [
    'a count without bytes',
    gltf(LEG, turnKnee, { accessors: [{ componentType: 5126, type: 'SCALAR', count: 1e9 }] }),
    'accessors[0]: says 1000000000 values and has 0',
  ],
  [
    'a view past its buffer',
    gltf(LEG, turnKnee, { bufferViews: [{ buffer: 0, byteOffset: 40, byteLength: 8 }] }),
    'bufferViews[0]: ends at byte 48 of a buffer of 40',
  ],
  [
    'two keys a year apart',
    gltf(LEG, { walk: [[1, 'rotation', { times: [0, 3e7], values: [NONE, NONE] }]] }, SKIN),
    'animations: span more time than a clip can have',
  ],
  [
    'keys that go back in time',
    gltf(LEG, { walk: [[1, 'rotation', { times: [1, 0], values: [NONE, NONE] }]] }, SKIN),
    'has key 1 at 0 s, before key 0 at 1 s',
  ],
])('%s is refused with its place', async (_, document, message) => {
  await expect(parse(document)).rejects.toThrow(FormatError);
  await expect(parse(document)).rejects.toThrow(message);
});
