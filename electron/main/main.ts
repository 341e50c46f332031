/** Electron's entry: one program at a time, files from the system, and the order of starting and ending. */
import { app, protocol } from 'electron';
import { z } from 'zod';
import { SCHEME_PRIVILEGES } from './app-scheme.ts';
import { clipsOfCommandLine } from './clip-files.ts';
import { DesktopApp } from './desktop-app.ts';

/** What a second start hands to the first: Chromium reorders the arguments it hands over itself. */
const SecondStart = z.object({ argv: z.array(z.string()), folder: z.string() });
const programArguments = app.isPackaged ? 1 : 2;

app.setName('PoseMend');
app.enableSandbox();
protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES]);

if (app.requestSingleInstanceLock({ argv: process.argv, folder: process.cwd() })) run();
else app.quit();

function run(): void {
  let desktop: DesktopApp | null = null;
  const files = clipsOfCommandLine(process.argv, programArguments, process.cwd());

  const open = (paths: readonly string[]): void => {
    if (desktop === null) files.push(...paths);
    else {
      desktop.showWindow();
      void desktop.openFiles(paths);
    }
  };
  // macOS, also before it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const given = SecondStart.safeParse(data);
    open(given.success ? clipsOfCommandLine(given.data.argv, programArguments, given.data.folder) : []);
  });
  app.on('activate', () => desktop?.showWindow());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped || desktop === null) return;
    event.preventDefault();
    void desktop
      .stop()
      .catch((error) => console.error('while closing:', error))
      .then(() => {
        isStopped = true;
        app.quit();
      });
  });

  void app.whenReady().then(() => {
    desktop = new DesktopApp();
    desktop.start(files);
  });
}
