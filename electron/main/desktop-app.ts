import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  type MessagePortMain,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { assetsFolder } from '../../native-model/inference/assets-folder.ts';
import { makeFolders } from '../../native-model/make-folders.ts';
import { EngineSupervisor } from '../../native-model/process/engine-supervisor.ts';
import { FileGrants } from '../../native-model/process/file-grants.ts';
import { engineEntry } from '../../native-model/process/fork-engine.ts';
import { answerHostCalls, type CallReceiver } from './answer.ts';
import { SCHEME } from './app-scheme.ts';
import { isFolderPath } from './clip-files.ts';
import { engineChild } from './engine-child.ts';
import { EnginePipes } from './engine-pipes.ts';
import { FileIntake } from './file-intake.ts';
import { GivenFiles } from './given-files.ts';
import { hardenContents, hardenSession } from './harden-contents.ts';
import { hostCallHandlers } from './host-call-handlers.ts';
import { HOST_CALL_PARSERS } from './host-call-parsers.ts';
import { openMainWindow, tellPage, windowEnd } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { mayOpenLink } from './open-link.ts';
import { RecentFiles } from './recent-files.ts';
import { REPORT_PARTITION, ReportPages } from './report-window.ts';
import { askForBodyModel, askForClips, systemSaveDialogs } from './save-dialogs.ts';
import { serveRenderer } from './serve-renderer.ts';
import { reportWindowOptions } from './window-options.ts';

/** The desktop application: joins the parts to Electron. Made once Electron is ready. */
export class DesktopApp {
  readonly #given = new GivenFiles();
  readonly #reports = new ReportPages();
  readonly #engineFolder = join(app.getPath('userData'), 'engine');
  readonly #engine = new EngineSupervisor(() => this.#startEngine());
  readonly #pipes = new EnginePipes<MessagePortMain>(this.#engine, () => {
    const { port1, port2 } = new MessageChannelMain();
    return [port1, port2];
  });
  readonly #grants = new FileGrants((token, path) => this.#engine.grant(token, path));
  readonly #recent = new RecentFiles(join(app.getPath('userData'), 'recent-files.json'), () =>
    this.#buildMenu(),
  );
  readonly #intake = new FileIntake({
    grant: (path) => this.#grants.grant(path),
    remember: (path) => {
      this.#recent.add(path);
      if (!isFolderPath(path)) app.addRecentDocument(path);
    },
    notice: (reasons) => this.#notice('Not every file could be opened', reasons.join('\n')),
  });
  #window: BrowserWindow | null = null;

  start(files: readonly string[]): void {
    // One program at a time has this folder, so what lies in it is left over. Takes in it outlive an engine.
    rmSync(this.#engineFolder, { recursive: true, force: true });
    makeFolders(this.#engineFolder);
    // Takes are the user's own, wherever the system puts the folder.
    chmodSync(this.#engineFolder, 0o700);
    app.setAboutPanelOptions({ applicationName: 'PoseMend', applicationVersion: app.getVersion() });
    this.#guard();
    this.#answerCalls();
    this.#engine.start();
    this.#buildMenu();
    this.showWindow();
    void this.openFiles(files);
  }

  /** Opens the window if there is none, and brings it to the front. */
  showWindow(): void {
    this.#window ??= this.#openWindow();
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  /** Opens files that came from outside the window. */
  async openFiles(paths: readonly string[]): Promise<void> {
    this.#given.give(await this.#intake.take(paths));
  }

  /** Ends the engine and removes what it kept. */
  async stop(): Promise<void> {
    await this.#engine.dispose();
    rmSync(this.#engineFolder, { recursive: true, force: true });
  }

  #startEngine() {
    const env = { ...process.env, POSEMEND_WORKSPACE: this.#engineFolder };
    return engineChild(utilityProcess.fork(engineEntry(), [], { serviceName: 'PoseMend engine', env }));
  }

  #guard(): void {
    const reportSession = session.fromPartition(REPORT_PARTITION);
    hardenSession(session.defaultSession);
    hardenSession(reportSession);
    // From dist/electron/main to dist/renderer.
    const renderer = join(import.meta.dirname, '..', '..', 'renderer');
    protocol.handle(SCHEME, (request) => serveRenderer(request, renderer));
    reportSession.protocol.handle(SCHEME, (request) => this.#reports.answer(request.url));
    app.on('web-contents-created', (_event, contents) => hardenContents(contents, openLink));
  }

  #openWindow(): BrowserWindow {
    const window = openMainWindow({
      preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      stateFile: join(app.getPath('userData'), 'window.json'),
      devTools: !app.isPackaged,
      dialog,
      pageLeft: ({ webContents }) => this.#pageLeft(webContents.id),
    });
    const { id } = window.webContents;
    window.on('closed', () => {
      this.#window = null;
      this.#pageLeft(id);
    });
    return window;
  }

  #pageLeft(id: number): void {
    this.#pipes.disconnect(id);
    this.#given.stopListening();
  }

  #answerCalls(): void {
    const window = (): BrowserWindow => this.#window ?? this.#openWindow();
    const handlers = hostCallHandlers({
      intake: this.#intake,
      recent: this.#recent,
      saveDialogs: {
        askFile: (path, suffix) => systemSaveDialogs(dialog, window()).askFile(path, suffix),
        askFolder: (folder) => systemSaveDialogs(dialog, window()).askFolder(folder),
      },
      connectEngine: () => this.#pipes.connect(windowEnd(window().webContents)),
      askForClips: () => askForClips(dialog, window()),
      askForBodyModel: () => askForBodyModel(dialog, window()),
      startListening: () => {
        const { webContents } = window();
        this.#given.listen((files) => tellPage(webContents, 'files:given', files));
      },
      grantSample: () => this.#grants.grant(join(assetsFolder(), 'samples', 'performance-noisy.bvh')),
      showInFolder: (path) => shell.showItemInFolder(path),
      showPage: (title, html) => this.#showReport(title, html),
      saveFolder: () => app.getPath('documents'),
    });
    answerHostCalls(
      ipcMain as CallReceiver,
      (id) => id === this.#window?.webContents.id,
      HOST_CALL_PARSERS,
      handlers,
      (channel, error) => console.error(`${channel}:`, error),
    );
  }

  #showReport(title: string, html: string): void {
    const address = this.#reports.add(html);
    const window = new BrowserWindow(reportWindowOptions(title, REPORT_PARTITION));
    window.on('closed', () => this.#reports.remove(address));
    void window.loadURL(address);
  }

  #buildMenu(): void {
    const template = menuTemplate(
      { platform: process.platform, recent: this.#recent.list(), isDevelopment: !app.isPackaged },
      {
        command: (name) => {
          this.showWindow();
          if (this.#window !== null) tellPage(this.#window.webContents, 'command', name);
        },
        openRecent: (id) => void this.#openRecent(id),
        clearRecent: () => {
          this.#recent.clear();
          app.clearRecentDocuments();
        },
        showDocumentation: () => void shell.openPath(join(dirname(assetsFolder()), 'README.md')),
        showAbout: () => app.showAboutPanel(),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #openRecent(id: string): Promise<void> {
    this.showWindow();
    try {
      await this.openFiles([this.#recent.pathOf(id)]);
    } catch (error) {
      this.#notice('The file was not opened', error instanceof Error ? error.message : String(error));
    }
  }

  #notice(message: string, detail: string): void {
    const options = { type: 'warning', message, detail } as const;
    void (this.#window === null
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(this.#window, options));
  }
}

function openLink(address: string): void {
  if (mayOpenLink(address)) void shell.openExternal(address);
}
