import type { GrantedFile } from '../../contract/host.ts';
import { downloadFiles } from './download-files.ts';
import type { HostBridge } from './host-bridge.ts';
import { ServerCalls } from './server-calls.ts';
import { openSocketPort } from './socket-port.ts';
import { takeToken } from './window-token.ts';

/** What the picker offers; dropped files are judged by their content. */
const CLIP_SUFFIXES = '.bvh,.npy';

/** The window in a browser tab: everything goes through the server that the page came from. */
export function createBrowserHost(page: Window = window): HostBridge {
  const token = takeToken(page);
  const calls = new ServerCalls(token);
  const upload = async (files: readonly File[]): Promise<readonly GrantedFile[]> => {
    const granted: GrantedFile[] = [];
    for (const file of files) granted.push(await calls.upload(file));
    return granted;
  };
  // Asked for at once, so that they come before anything the window thinks of by itself.
  const given = calls.givenFiles();
  return {
    kind: 'browser',
    async connect() {
      // Whatever kept the files away keeps the engine away, too, and is told below.
      await given.catch(() => {});
      try {
        return await openSocketPort(`ws://${page.location.host}/api/engine`, await token);
      } catch {
        // A browser does not tell why; the server does, by its answer or by giving none.
        const { problem } = await calls.engineState();
        throw new Error(problem ?? 'the engine did not start in time; try again, or start PoseMend anew');
      }
    },
    pickFiles: async () => upload(await pickFiles(page.document)),
    adoptDropped: upload,
    onFiles(listener) {
      given.then(
        (files) => {
          if (files.length > 0) listener(files);
        },
        () => {},
      );
    },
    sample: () => calls.sample(),
    recentFiles: async () => [],
    async saveFiles(files) {
      await downloadFiles(page.document, files);
      return { place: 'your downloads folder' };
    },
    onCommand: () => {},
    showPage(_title, content) {
      const link = page.document.createElement('a');
      // Kept for as long as this window, so that the page can be loaded again. It inherits this page's policy.
      link.href = URL.createObjectURL(new Blob([content], { type: 'text/html;charset=utf-8' }));
      link.target = '_blank';
      link.rel = 'noopener';
      link.click();
    },
  };
}

function pickFiles(shown: Document): Promise<readonly File[]> {
  const input = shown.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = CLIP_SUFFIXES;
  input.hidden = true;
  shown.body.append(input);
  return new Promise<readonly File[]>((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  }).finally(() => input.remove());
}
