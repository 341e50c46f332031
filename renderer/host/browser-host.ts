import { BODY_MODEL_SUFFIXES, CLIP_SUFFIXES, SCRIPT_SUFFIX } from '../../contract/file-kinds.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { bundleFrames } from './bundle-frames.ts';
import { downloadFiles } from './download-files.ts';
import { type FileGroup, filesOfDrop } from './folder-files.ts';
import type { HostBridge } from './host-bridge.ts';
import { pickFiles } from './pick-files.ts';
import { ServerCalls } from './server-calls.ts';
import { openSocketPort } from './socket-port.ts';
import { takeToken } from './window-token.ts';
import { zipFiles } from './zip-files.ts';

/** More clips in one go are a whole library dropped by mistake. */
const MOST_CLIPS = 100;

/** The window in a browser tab: everything goes through the server that the page came from. */
export function createBrowserHost(page: Window = window): HostBridge {
  const token = takeToken(page);
  const calls = new ServerCalls(token);
  const upload = async (groups: readonly FileGroup[]): Promise<readonly GrantedFile[]> => {
    const clips: File[] = [];
    for (const group of groups) clips.push(...(await bundleFrames(group)));
    if (clips.length > MOST_CLIPS) {
      throw new Error(`these are ${clips.length} clips; open ${MOST_CLIPS} at most in one go`);
    }
    const granted: GrantedFile[] = [];
    for (const clip of clips) granted.push(await calls.upload(clip));
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
    async pickFiles() {
      const files = await pickFiles(page.document, Object.keys(CLIP_SUFFIXES), { several: true });
      return upload([{ folder: '', files }]);
    },
    async pickBodyModel() {
      const [file] = await pickFiles(page.document, BODY_MODEL_SUFFIXES, { several: false });
      return file === undefined ? null : calls.upload(file);
    },
    adoptDropped: async (items) => upload(await filesOfDrop(items)),
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
      if (!files.some(({ name }) => SCRIPT_SUFFIX.test(name))) {
        await downloadFiles(page.document, files);
        return { place: 'your downloads folder' };
      }
      // A script names the files beside it, which a browser would number if the names are taken.
      const name = `${files[0].name.replace(/\.\w+$/, '')}.zip`;
      await downloadFiles(page.document, [{ name, bytes: await zipFiles(name, files) }]);
      return { place: `your downloads folder, as ${name}` };
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
