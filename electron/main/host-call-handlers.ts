import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import type { GrantedFile } from '../../contract/host.ts';
import type { HostCallHandlers } from './answer.ts';
import type { FileIntake } from './file-intake.ts';
import type { RecentFiles } from './recent-files.ts';
import { type SaveDialogs, saveFiles } from './save-files.ts';

/** What the calls of a window are answered with. */
export interface HostServices {
  readonly intake: FileIntake;
  readonly recent: Pick<RecentFiles, 'list' | 'pathOf'>;
  readonly saveDialogs: SaveDialogs;
  connectEngine(): Promise<number>;
  /** Asks the user for clips; empty if the user thinks better of it. */
  askForClips(): Promise<readonly string[]>;
  /** Asks the user for a body model file; null if the user thinks better of it. */
  askForBodyModel(): Promise<string | null>;
  startListening(): void;
  grantSample(): GrantedFile;
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): void;
  showPage(title: string, html: string): void;
  /** Where the first save dialog starts. */
  saveFolder(): string;
}

/** The work behind every call of contract/electron-bridge.ts. */
export function hostCallHandlers(services: HostServices): HostCallHandlers {
  /** Files written in this run, by the ids a window knows them by. */
  const written = new Map<string, string>();
  let lastFolder: string | null = null;
  return {
    'engine:connect': () => services.connectEngine(),
    'files:pick': async () => services.intake.takeForWindow(await services.askForClips()),
    'files:pick-body-model': async () => {
      const path = await services.askForBodyModel();
      return path === null ? null : services.intake.takeBodyModel(path);
    },
    'files:dropped': (paths) => services.intake.takeForWindow(paths),
    'files:listening': () => services.startListening(),
    'files:sample': () => services.grantSample(),
    'recent:list': () => services.recent.list(),
    'recent:open': async (id) => {
      const [file] = await services.intake.takeForWindow([services.recent.pathOf(id)]);
      return file;
    },
    'save:files': async (files) => {
      const saved = await saveFiles(files, services.saveDialogs, lastFolder ?? services.saveFolder());
      if (saved === null) return null;
      const [first, ...others] = saved.paths;
      lastFolder = saved.folder;
      const id = randomUUID();
      written.set(id, first);
      return { place: others.length === 0 ? first : dirname(first), id };
    },
    'save:reveal': (id) => {
      const path = written.get(id);
      if (path === undefined)
        throw new PoseMendError('input', 'Only files written in this run can be shown.');
      services.showInFolder(path);
    },
    'page:show': (title, html) => services.showPage(title, html),
  };
}
