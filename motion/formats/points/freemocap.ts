import { LAYOUTS } from '../../skeleton/layouts.ts';
import { columnsOfJoints } from './joint-label.ts';

/** FreeMoCap's names of its files of body positions: `mediapipe_body_3d_xyz.csv`, `freemocap_data_by_frame.csv`. */
const FILE_NAME = /freemocap|mediapipe_?(?:body|skel)_?3d/i;

/** Whether points of these names in this file are FreeMoCap's, whose unit is the millimetre and whose Z is up. */
export function isFreeMoCap(source: string, names: readonly string[]): boolean {
  const columns = columnsOfJoints(names);
  const isMediaPipe = LAYOUTS.mediapipe33.names.every((joint) => columns.has(joint));
  return isMediaPipe && (FILE_NAME.test(source) || names.some((name) => name.startsWith('body_')));
}
