import type { BrowserWindow, Dialog } from 'electron';
import { CLIP_SUFFIXES } from './clip-files.ts';
import { kindOfFile, type SaveDialogs } from './save-files.ts';

/** Asks for clips to open; empty if the user thinks better of it. */
export async function askForClips(dialog: Dialog, window: BrowserWindow): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open clips',
    filters: [{ name: 'Motion clips', extensions: [...CLIP_SUFFIXES] }],
    properties: ['openFile', 'multiSelections'],
  });
  return canceled ? [] : filePaths;
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
