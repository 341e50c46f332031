import type { Rig } from '../../rig/rig.ts';
import { addTake, takeStop } from './fbx-animation.ts';
import { CREATION_TIME, encodeFbx, FBX_VERSION, FILE_ID } from './fbx-encode.ts';
import { addFigure } from './fbx-figure.ts';
import {
  type FbxRecord,
  fbxRecord,
  int32,
  int64,
  objectName,
  properties70,
  setEnum,
  setInt,
  setNumber,
  setText,
  setTime,
  setVector,
  text,
  valueRecord,
} from './fbx-record.ts';
import { FbxScene, SCENE_ID } from './fbx-scene.ts';
import { addBindPose, addSkeleton, restPositions } from './fbx-skeleton.ts';
import { type FbxRate, fbxRate } from './fbx-time.ts';
import { withLooseBones } from './loose-bones.ts';
import { rigToZUp } from './rig-to-z-up.ts';

export interface FbxOptions {
  /** The file's unit; default centimetres, which Maya, Unreal and Unity take as they are. */
  readonly unit?: 'cm' | 'm';
  /** Default `y`. With `z` the figure faces -Y, as in 3ds Max and Blender. */
  readonly upAxis?: 'y' | 'z';
  /** The program named in the file. */
  readonly creator?: string;
}

const CENTIMETRES = { cm: 1, m: 100 } as const;
const DOCUMENT_ID = 1000n;

/**
 * A rig as a binary FBX file of version 7400: bones, bind pose, the figure skinned to them, and an animation
 * stack for each take. Rotations are Euler angles of order XYZ without leaps, linear between keys. The same rig
 * gives the same bytes.
 */
export function writeFbx(rig: Rig, options: FbxOptions = {}): Uint8Array {
  const { unit = 'cm', upAxis = 'y', creator = 'PoseMend' } = options;
  const placed = withLooseBones(upAxis === 'z' ? rigToZUp(rig) : rig);
  const centimetres = CENTIMETRES[unit];
  const unitsPerMetre = 100 / centimetres;
  const rate = fbxRate(rig.fps);

  const scene = new FbxScene();
  const bones = addSkeleton(scene, placed, unitsPerMetre);
  const rest = restPositions(placed, unitsPerMetre);
  const figure = addFigure(scene, placed, bones, rest, unitsPerMetre);
  addBindPose(scene, bones, rest, [figure]);
  for (const take of placed.takes) addTake(scene, placed, take, bones, unitsPerMetre, rate);

  return encodeFbx([
    headerExtension(creator),
    valueRecord('FileId', { type: 'R', value: FILE_ID }),
    valueRecord('CreationTime', text(CREATION_TIME)),
    valueRecord('Creator', text(creator)),
    globalSettings(rig, rate, centimetres, upAxis),
    documents(rig),
    fbxRecord('References'),
    definitions(scene),
    fbxRecord('Objects', [], scene.objects),
    fbxRecord('Connections', [], scene.connections),
    takes(rig, rate),
  ]);
}

function headerExtension(creator: string): FbxRecord {
  const stamp = { Year: 1970, Month: 1, Day: 1, Hour: 10, Minute: 0, Second: 0, Millisecond: 0 };
  return fbxRecord(
    'FBXHeaderExtension',
    [],
    [
      valueRecord('FBXHeaderVersion', int32(1003)),
      valueRecord('FBXVersion', int32(FBX_VERSION)),
      valueRecord('EncryptionType', int32(0)),
      fbxRecord(
        'CreationTimeStamp',
        [],
        [
          valueRecord('Version', int32(1000)),
          ...Object.entries(stamp).map(([name, value]) => valueRecord(name, int32(value))),
        ],
      ),
      valueRecord('Creator', text(creator)),
      fbxRecord(
        'SceneInfo',
        [objectName('GlobalInfo', 'SceneInfo'), text('UserData')],
        [
          valueRecord('Type', text('UserData')),
          valueRecord('Version', int32(100)),
          fbxRecord('MetaData', [], [valueRecord('Version', int32(100))]),
          properties70([setText('Original|ApplicationName', creator)]),
        ],
      ),
    ],
  );
}

function globalSettings(rig: Rig, rate: FbxRate, centimetres: number, upAxis: 'y' | 'z'): FbxRecord {
  const up = upAxis === 'y' ? 1 : 2;
  const longest = rig.takes.reduce((stop, take) => {
    const end = takeStop(take, rate);
    return end > stop ? end : stop;
  }, 0n);
  return fbxRecord(
    'GlobalSettings',
    [],
    [
      valueRecord('Version', int32(1000)),
      properties70([
        setInt('UpAxis', up),
        setInt('UpAxisSign', 1),
        setInt('FrontAxis', 3 - up),
        setInt('FrontAxisSign', upAxis === 'y' ? 1 : -1),
        setInt('CoordAxis', 0),
        setInt('CoordAxisSign', 1),
        setInt('OriginalUpAxis', up),
        setInt('OriginalUpAxisSign', 1),
        setNumber('UnitScaleFactor', centimetres),
        setNumber('OriginalUnitScaleFactor', centimetres),
        setVector('AmbientColor', 'ColorRGB', 'Color', [0, 0, 0]),
        setText('DefaultCamera', 'Producer Perspective'),
        setEnum('TimeMode', rate.timeMode),
        setTime('TimeSpanStart', 0n),
        setTime('TimeSpanStop', longest),
        setNumber('CustomFrameRate', rate.fps),
      ]),
    ],
  );
}

function documents(rig: Rig): FbxRecord {
  return fbxRecord(
    'Documents',
    [],
    [
      valueRecord('Count', int32(1)),
      fbxRecord(
        'Document',
        [int64(DOCUMENT_ID), text('Scene'), text('Scene')],
        [
          properties70([
            ['SourceObject', 'object', '', ''],
            setText('ActiveAnimStackName', rig.takes[0]?.name ?? ''),
          ]),
          valueRecord('RootNode', int64(SCENE_ID)),
        ],
      ),
    ],
  );
}

function definitions(scene: FbxScene): FbxRecord {
  const kinds: (readonly [string, number])[] = [['GlobalSettings', 1], ...scene.counts()];
  return fbxRecord(
    'Definitions',
    [],
    [
      valueRecord('Version', int32(100)),
      valueRecord('Count', int32(kinds.reduce((sum, [, count]) => sum + count, 0))),
      ...kinds.map(([kind, count]) =>
        fbxRecord('ObjectType', [text(kind)], [valueRecord('Count', int32(count))]),
      ),
    ],
  );
}

function takes(rig: Rig, rate: FbxRate): FbxRecord {
  return fbxRecord(
    'Takes',
    [],
    [
      valueRecord('Current', text(rig.takes[0]?.name ?? '')),
      ...rig.takes.map((take) =>
        fbxRecord(
          'Take',
          [text(take.name)],
          [
            valueRecord('FileName', text(`${take.name}.tak`)),
            fbxRecord('LocalTime', [int64(0n), int64(takeStop(take, rate))]),
            fbxRecord('ReferenceTime', [int64(0n), int64(takeStop(take, rate))]),
          ],
        ),
      ),
    ],
  );
}
