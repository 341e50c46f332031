import type { BrowserWindow, Dialog } from 'electron';
import { BODY_MODEL_SUFFIXES, CLIP_SUFFIXES } from '../../contract/file-kinds.ts';
import { kindOfFile, type SaveDialogs } from './save-files.ts';

/** All clips first; then the kinds, for folders full of other files. */
const CLIP_FILTERS = [
  { name: 'Motion clips', extensions: Object.keys(CLIP_SUFFIXES) },
  { name: 'BVH, FBX and glTF animation', extensions: ['bvh', 'fbx', 'glb', 'gltf'] },
  { name: 'SMPL results and arrays', extensions: ['npz', 'npy', 'pkl', 'pickle', 'joblib', 'pt', 'pth'] },
  { name: 'Keypoints and markers', extensions: ['json', 'zip', 'csv', 'tsv', 'trc', 'c3d'] },
];

/** Asks for clips to open; empty if the user thinks better of it. */
export async function askForClips(dialog: Dialog, window: BrowserWindow): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open clips',
    filters: CLIP_FILTERS,
    properties: ['openFile', 'multiSelections'],
  });
  return canceled ? [] : filePaths;
}

/** Asks for a body model file; null if the user thinks better of it. */
export async function askForBodyModel(dialog: Dialog, window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Use a body model',
    filters: [{ name: 'SMPL, SMPL-H or SMPL-X model', extensions: [...BODY_MODEL_SUFFIXES] }],
    properties: ['openFile'],
  });
  return canceled || filePaths.length === 0 ? null : filePaths[0];
}

/** The system's dialogs for writing, in front of a window. */
export function systemSaveDialogs(dialog: Dialog, window: BrowserWindow): SaveDialogs {
  return {
    async askFile(suggestedPath, suffix) {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Export',
        defaultPath: suggestedPath,
        ...(suffix === '' ? {} : { filters: [{ name: kindOfFile(suffix), extensions: [suffix.slice(1)] }] }),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    async askFolder(suggestedFolder) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Export into a folder',
        buttonLabel: 'Export here',
        defaultPath: suggestedFolder,
        properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
      });
      return canceled || filePaths.length === 0 ? null : filePaths[0];
    },
  };
}
