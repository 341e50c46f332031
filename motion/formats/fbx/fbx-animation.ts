import type { Rig, RigTake } from '../../rig/rig.ts';
import { fbxCurves } from './fbx-curves.ts';
import {
  type FbxRecord,
  float32s,
  float64,
  int32,
  int32s,
  int64s,
  objectName,
  properties70,
  setTime,
  valueRecord,
} from './fbx-record.ts';
import type { FbxScene } from './fbx-scene.ts';
import type { FbxRate } from './fbx-time.ts';

/** Linear to the next key, with the tangent flags that go with it in files of Autodesk's programs. */
const LINEAR = 0x4 | 0x100 | 0x2000 | 0x4000;
/** Both tangents' default weight of a third, as two 16-bit numbers in a float's bits. */
const DEFAULT_WEIGHTS = new Float32Array(Uint32Array.of(0x0d050d05).buffer)[0];

/** Adds a take as a stack with one layer: rotation curves for every joint, translation curves for those that move. */
export function addTake(
  scene: FbxScene,
  rig: Rig,
  take: RigTake,
  bones: readonly bigint[],
  unitsPerMetre: number,
  rate: FbxRate,
): void {
  const count = rig.skeleton.names.length;
  const start = rate.timeOf(0);
  const stop = takeStop(take, rate);
  const stack = scene.add('AnimationStack', objectName(take.name, 'AnimStack'), '', [
    properties70([
      setTime('LocalStart', start),
      setTime('LocalStop', stop),
      setTime('ReferenceStart', start),
      setTime('ReferenceStop', stop),
    ]),
  ]);
  const layer = scene.add('AnimationLayer', objectName('BaseLayer', 'AnimLayer'), '', []);
  scene.connect(layer, stack);

  const curves = fbxCurves(rig, take);
  const moving = new Set(take.movingNodes);
  const allFrames = Int32Array.from({ length: take.frameCount }, (_, frame) => frame);
  const allTimes = BigInt64Array.from(allFrames, rate.timeOf);
  const drive = (
    kind: 'T' | 'R',
    property: string,
    node: number,
    keys: Int32Array | null,
    valueAt: (at: number) => number,
  ): void => {
    const frames = keys ?? allFrames;
    const columns = [0, 1, 2].map((axis) =>
      Float32Array.from(frames, (frame) => valueAt((frame * count + node) * 3 + axis)),
    );
    const curveNode = scene.add('AnimationCurveNode', objectName(kind, 'AnimCurveNode'), '', [
      properties70(
        columns.map((column, axis) => [`d|${'XYZ'[axis]}`, 'Number', '', 'A', float64(column[0] ?? 0)]),
      ),
    ]);
    scene.connect(curveNode, layer);
    scene.connect(curveNode, bones[node], property);
    const times = keys ? BigInt64Array.from(keys, rate.timeOf) : allTimes;
    columns.forEach((values, axis) => {
      const curve = scene.add('AnimationCurve', objectName('', 'AnimCurve'), '', curveRecords(times, values));
      scene.connect(curve, curveNode, `d|${'XYZ'[axis]}`);
    });
  };
  for (let node = 0; node < count; node++) {
    if (moving.has(node)) {
      drive(
        'T',
        'Lcl Translation',
        node,
        curves.translationKeys[node],
        (at) => take.localTranslations[at] * unitsPerMetre,
      );
    }
    if (rig.skeleton.isEndSite[node]) continue;
    drive('R', 'Lcl Rotation', node, curves.rotationKeys[node], (at) => curves.angles[at]);
  }
}

/** The time of the last frame. */
export function takeStop(take: RigTake, rate: FbxRate): bigint {
  return rate.timeOf(Math.max(0, take.frameCount - 1));
}

function curveRecords(times: BigInt64Array, values: Float32Array): FbxRecord[] {
  return [
    valueRecord('Default', float64(values[0] ?? 0)),
    valueRecord('KeyVer', int32(4008)),
    valueRecord('KeyTime', int64s(times)),
    valueRecord('KeyValueFloat', float32s(values)),
    valueRecord('KeyAttrFlags', int32s(Int32Array.of(LINEAR))),
    valueRecord('KeyAttrDataFloat', float32s(Float32Array.of(0, 0, DEFAULT_WEIGHTS, 0))),
    valueRecord('KeyAttrRefCount', int32s(Int32Array.of(values.length))),
  ];
}
