import { encodeFbx } from '../motion/formats/fbx/fbx-encode.ts';
import {
  type FbxRecord,
  type FbxSetting,
  fbxRecord,
  float32s,
  int64,
  int64s,
  objectName,
  properties70,
  setEnum,
  text,
  valueRecord,
} from '../motion/formats/fbx/fbx-record.ts';

export interface HandMadeBone {
  readonly name: string;
  readonly parent: number;
  readonly kind?: string;
  readonly settings: readonly FbxSetting[];
  /** Degrees about X, Y, Z at 0 s and 1 s. */
  readonly turn?: readonly [readonly number[], readonly number[]];
}

/** A file by hand: bones, one animation of a second. */
export function handMadeFbx(
  bones: readonly HandMadeBone[],
  settings: readonly FbxSetting[] = [setEnum('TimeMode', 6)],
): Uint8Array {
  const objects: FbxRecord[] = [];
  const connections: FbxRecord[] = [];
  const connect = (child: number, parent: number, property?: string): void => {
    const ends = [text(property ? 'OP' : 'OO'), int64(BigInt(child)), int64(BigInt(parent))];
    connections.push(fbxRecord('C', property ? [...ends, text(property)] : ends));
  };
  const object = (
    kind: string,
    id: number,
    name: string,
    subclass: string,
    children: readonly FbxRecord[],
  ): void => {
    objects.push(fbxRecord(kind, [int64(BigInt(id)), objectName(name, kind), text(subclass)], children));
  };
  bones.forEach(({ name, parent, kind = 'LimbNode', settings: own, turn }, index) => {
    object('Model', index + 1, name, kind, [properties70(own)]);
    connect(index + 1, parent + 1);
    if (!turn) return;
    const curves = 1000 + 10 * index;
    object('AnimationCurveNode', curves, 'R', '', []);
    connect(curves, 901);
    connect(curves, index + 1, 'Lcl Rotation');
    for (let axis = 0; axis < 3; axis++) {
      object('AnimationCurve', curves + axis + 1, '', '', [
        valueRecord('KeyTime', int64s(BigInt64Array.of(0n, 46_186_158_000n))),
        valueRecord('KeyValueFloat', float32s(Float32Array.of(turn[0][axis], turn[1][axis]))),
      ]);
      connect(curves + axis + 1, curves, `d|${'XYZ'[axis]}`);
    }
  });
  object('AnimationStack', 900, 'turn', '', []);
  object('AnimationLayer', 901, 'layer', '', []);
  connect(901, 900);
  return encodeFbx([
    fbxRecord('GlobalSettings', [], [properties70(settings)]),
    fbxRecord('Objects', [], objects),
    fbxRecord('Connections', [], connections),
  ]);
}
