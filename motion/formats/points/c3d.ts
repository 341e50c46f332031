import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { c3dNumbers } from './c3d-numbers.ts';
import { type C3dParameters, c3dParameters } from './c3d-parameters.ts';
import { type C3dPointData, c3dPoints } from './c3d-points.ts';
import { unitNamed, upNamed } from './fact-words.ts';
import { missingLimbs } from './match-joint-names.ts';
import { trackOfNames } from './named-points.ts';

const BLOCK = 512;
/** Byte 2 of every C3D file. */
const KEY = 0x50;
const NO_BODY =
  'markers on the skin are no joints: export joint centres with it (Plug-in Gait model outputs like LHJC or LFEP, keypoints like LHip), or the skeleton as BVH';
const DAMAGED = 'the file is damaged or no C3D; export it again';

/**
 * Points of a C3D file whose labels are joints: a known layout's names or joint centres (LHJC, LKJC, LFEP, ...). Surface
 * markers are refused with their labels. One track for each subject that labels name before a colon.
 */
export function readC3d(bytes: Uint8Array, source: string): ParsedFile {
  if (bytes.length < 2 * BLOCK || bytes[1] !== KEY)
    throw new FormatError(source, 'header', 'this is no C3D file', DAMAGED);
  const section = (bytes[0] - 1) * BLOCK;
  const processor = bytes[section + 3];
  const numbers = c3dNumbers(bytes, processor);
  if (bytes[0] === 0 || numbers === null) {
    const problem = `processor type ${processor} at byte ${section + 3}`;
    throw new FormatError(source, 'parameters', `${problem}; expected 84, 85 or 86`, DAMAGED);
  }
  const parameters = c3dParameters(bytes, numbers, section + 4);
  const warnings: FormatWarning[] = [];
  const points = c3dPoints(numbers, parameters, source, warnings);
  const labels = labelsOf(parameters, points.pointCount, source);
  const facts = {
    fps: points.rate,
    unit: unitNamed(parameters.get('POINT:UNITS')?.texts[0]),
    up: upNamed(parameters.get('POINT:Y_SCREEN')?.texts[0]),
    place: 'POINT:LABELS',
    advice: NO_BODY,
  };
  const tracks = subjectsOf(labels).map(({ id, columns }): PointTrack => {
    const named = {
      names: columns.map((column) => labels[column]),
      dimensions: 3,
      positions: pickColumns(points, columns),
      confidence: null,
    } as const;
    return trackOfNames(named, { ...facts, id }, source, warnings);
  });
  const shownRate = points.rate === null ? 'no' : Number(points.rate.toFixed(3));
  return {
    producer: parameters.get('MANUFACTURER:SOFTWARE')?.texts[0] || 'C3D',
    reason: `C3D with ${points.pointCount} points by name, ${shownRate} frames a second`,
    tracks,
    warnings,
  };
}

/** POINT:LABELS goes on in LABELS2, LABELS3, ... after 255. */
function labelsOf(parameters: C3dParameters, pointCount: number, source: string): string[] {
  const labels: string[] = [];
  for (let part = 1; part <= 256 && labels.length < pointCount; part++) {
    const texts = parameters.get(`POINT:LABELS${part === 1 ? '' : part}`)?.texts;
    if (texts === undefined) break;
    labels.push(...texts);
  }
  if (labels.length === 0) throw new FormatError(source, 'POINT:LABELS', 'the points have no names', NO_BODY);
  while (labels.length < pointCount) labels.push('');
  return labels.slice(0, pointCount);
}

/** Subjects whose points make a body; all points as one where there are no such subjects. */
function subjectsOf(
  labels: readonly string[],
): { readonly id: string; readonly columns: readonly number[] }[] {
  const subjects = new Map<string, number[]>();
  for (const [column, label] of labels.entries()) {
    const subject = label.includes(':') ? label.slice(0, label.indexOf(':')) : '';
    const columns = subjects.get(subject);
    if (columns === undefined) subjects.set(subject, [column]);
    else columns.push(column);
  }
  const bodies = [...subjects]
    .filter(([, columns]) => missingLimbs(columns.map((column) => labels[column])).length === 0)
    .map(([subject, columns]) => ({ id: subject === '' ? '1' : subject, columns }));
  return bodies.length > 0 ? bodies : [{ id: '1', columns: labels.map((_, column) => column) }];
}

function pickColumns({ positions, pointCount }: C3dPointData, columns: readonly number[]): Float64Array {
  const frames = positions.length / (pointCount * 3);
  const out = new Float64Array(frames * columns.length * 3);
  for (let frame = 0; frame < frames; frame++) {
    for (const [index, column] of columns.entries()) {
      const from = (frame * pointCount + column) * 3;
      const to = (frame * columns.length + index) * 3;
      for (let axis = 0; axis < 3; axis++) out[to + axis] = positions[from + axis];
    }
  }
  return out;
}
