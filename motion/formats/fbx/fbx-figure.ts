import type { FigureMesh, Rig } from '../../rig/rig.ts';
import {
  type FbxRecord,
  fbxRecord,
  float64,
  float64s,
  int32,
  int32s,
  objectName,
  properties70,
  setVector,
  text,
  valueRecord,
} from './fbx-record.ts';
import { type FbxScene, SCENE_ID } from './fbx-scene.ts';
import { modelRecords, translationMatrix } from './fbx-skeleton.ts';

/** Light grey with a little blue, linear. */
const COLOUR = [0.55, 0.6, 0.68];

/** Adds the figure, bound to the bones of its nodes, and returns its model's id. */
export function addFigure(
  scene: FbxScene,
  rig: Rig,
  bones: readonly bigint[],
  rest: Float64Array,
  unitsPerMetre: number,
): bigint {
  const name = freeName(rig.skeleton.names);
  const points = weldPoints(rig.figure);
  const model = scene.add('Model', objectName(name, 'Model'), 'Mesh', modelRecords([0, 0, 0]));
  const geometry = scene.add(
    'Geometry',
    objectName(name, 'Geometry'),
    'Mesh',
    geometryRecords(rig.figure, points, unitsPerMetre),
  );
  const material = scene.add('Material', objectName(name, 'Material'), '', [
    valueRecord('Version', int32(102)),
    valueRecord('ShadingModel', text('lambert')),
    valueRecord('MultiLayer', int32(0)),
    properties70([setVector('DiffuseColor', 'Color', '', COLOUR)]),
  ]);
  const skin = scene.add('Deformer', objectName(name, 'Deformer'), 'Skin', [
    valueRecord('Version', int32(101)),
    valueRecord('Link_DeformAcuracy', float64(50)),
  ]);
  scene.connect(model, SCENE_ID);
  scene.connect(geometry, model);
  scene.connect(material, model);
  scene.connect(skin, geometry);
  for (const [node, indexes] of pointsOfNodes(points)) {
    const at = rest.subarray(node * 3, node * 3 + 3);
    const cluster = scene.add('Deformer', objectName(rig.skeleton.names[node], 'SubDeformer'), 'Cluster', [
      valueRecord('Version', int32(100)),
      fbxRecord('UserData', [text(''), text('')]),
      valueRecord('Indexes', int32s(Int32Array.from(indexes))),
      valueRecord('Weights', float64s(indexes.map(() => 1))),
      // The mesh seen from the bone at rest, and the bone's own place.
      valueRecord('Transform', float64s(translationMatrix(at.map((value) => -value)))),
      valueRecord('TransformLink', float64s(translationMatrix(at))),
    ]);
    scene.connect(cluster, skin);
    scene.connect(bones[node], cluster);
  }
  return model;
}

/** Corners of triangles as points that neighbours share: the figure has a corner of its own for each face. */
interface WeldedPoints {
  /** A corner of the figure for each point. */
  readonly corners: readonly number[];
  /** Point of each corner of each triangle. */
  readonly indexes: Int32Array;
  /** Node each point moves with. */
  readonly nodes: readonly number[];
}

function weldPoints({ positions, triangles, nodes }: FigureMesh): WeldedPoints {
  const known = new Map<string, number>();
  const corners: number[] = [];
  const indexes = Int32Array.from(triangles, (corner) => {
    const key = `${nodes[corner]} ${positions[corner * 3]} ${positions[corner * 3 + 1]} ${positions[corner * 3 + 2]}`;
    const point = known.get(key) ?? corners.push(corner) - 1;
    known.set(key, point);
    return point;
  });
  return { corners, indexes, nodes: corners.map((corner) => nodes[corner]) };
}

function pointsOfNodes({ nodes }: WeldedPoints): ReadonlyMap<number, number[]> {
  const points = new Map<number, number[]>();
  nodes.forEach((node, point) => {
    const list = points.get(node) ?? [];
    list.push(point);
    points.set(node, list);
  });
  return points;
}

function geometryRecords(
  { positions, normals, triangles }: FigureMesh,
  { corners, indexes }: WeldedPoints,
  unitsPerMetre: number,
): FbxRecord[] {
  const vertices = corners.flatMap((corner) =>
    [0, 1, 2].map((axis) => positions[corner * 3 + axis] * unitsPerMetre),
  );
  // The last corner of each face is written as its complement.
  const faces = indexes.map((point, at) => (at % 3 === 2 ? ~point : point));
  const cornerNormals = Array.from(triangles).flatMap((corner) =>
    [0, 1, 2].map((axis) => normals[corner * 3 + axis]),
  );
  return [
    valueRecord('GeometryVersion', int32(124)),
    valueRecord('Vertices', float64s(vertices)),
    valueRecord('PolygonVertexIndex', int32s(faces)),
    layerElement(
      'LayerElementNormal',
      'ByPolygonVertex',
      'Direct',
      valueRecord('Normals', float64s(cornerNormals)),
    ),
    layerElement(
      'LayerElementMaterial',
      'AllSame',
      'IndexToDirect',
      valueRecord('Materials', int32s(Int32Array.of(0))),
    ),
    fbxRecord(
      'Layer',
      [int32(0)],
      [
        valueRecord('Version', int32(100)),
        ...['LayerElementNormal', 'LayerElementMaterial'].map((type) =>
          fbxRecord(
            'LayerElement',
            [],
            [valueRecord('Type', text(type)), valueRecord('TypedIndex', int32(0))],
          ),
        ),
      ],
    ),
  ];
}

function layerElement(name: string, mapping: string, reference: string, values: FbxRecord): FbxRecord {
  return fbxRecord(
    name,
    [int32(0)],
    [
      valueRecord('Version', int32(101)),
      valueRecord('Name', text('')),
      valueRecord('MappingInformationType', text(mapping)),
      valueRecord('ReferenceInformationType', text(reference)),
      values,
    ],
  );
}

function freeName(taken: readonly string[]): string {
  let name = 'Figure';
  while (taken.includes(name)) name += '_';
  return name;
}
