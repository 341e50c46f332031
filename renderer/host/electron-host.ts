import type { ElectronBridge, EnginePortMessage, Reply } from '../../contract/electron-bridge.ts';
import type { EnginePort, HostBridge, RecentFile } from './host-bridge.ts';

declare global {
  interface Window {
    /** There where the window runs in Electron. */
    readonly posemendHost?: ElectronBridge;
  }
}

/** Longest wait for a port whose number has come. */
const PORT_MILLISECONDS = 5000;

/** The host of a window that runs in Electron; null elsewhere. */
export function createElectronHost(page: Window = window): HostBridge | null {
  return page.posemendHost === undefined ? null : electronHost(page.posemendHost, page);
}

/** Everything goes through what the preload script offers. */
function electronHost(bridge: ElectronBridge, page: Window): HostBridge {
  const ports = listenForPorts(page);
  const gonePipes = new Set<number>();
  const goneListeners = new Map<number, () => void>();
  bridge.onEngineGone((pipe) => {
    gonePipes.add(pipe);
    goneListeners.get(pipe)?.();
    goneListeners.delete(pipe);
  });
  return {
    kind: 'electron',
    async connect() {
      const pipe = valueIn(await bridge.connectEngine());
      const port = await ports.take(pipe);
      if (gonePipes.has(pipe))
        throw new Error('The engine stopped. It is being started again; wait a moment.');
      return enginePort(port, (listener) => goneListeners.set(pipe, listener));
    },
    pickFiles: async () => valueIn(await bridge.pickFiles()),
    pickBodyModel: async () => valueIn(await bridge.pickBodyModel()),
    adoptDropped: async (items) => valueIn(await bridge.adoptDropped(items.map(({ file }) => file))),
    onFiles: (listener) => bridge.onFiles(listener),
    sample: async () => valueIn(await bridge.sample()),
    async recentFiles() {
      return valueIn(await bridge.recentFiles()).map(
        ({ id, name, folder }): RecentFile => ({
          name,
          folder,
          open: async () => valueIn(await bridge.openRecent(id)),
        }),
      );
    },
    async saveFiles(files) {
      const contents = await Promise.all(
        files.map(async ({ name, bytes }) => ({ name, bytes: await bytes.arrayBuffer() })),
      );
      const saved = valueIn(await bridge.saveFiles(contents));
      if (saved === null) return null;
      return { place: saved.place, reveal: () => void bridge.reveal(saved.id) };
    },
    onCommand(listener) {
      bridge.onCommand((command) => {
        if (!editsText(page.document, command)) listener(command);
      });
    },
    showPage(title, content) {
      void content.text().then((html) => bridge.showPage(title, html));
    },
  };
}

/** Ports arrive as messages of the window to itself, before or after the call that asked for them returns. */
function listenForPorts(page: Window): { take(pipe: number): Promise<MessagePort> } {
  const arrived = new Map<number, MessagePort>();
  const awaited = new Map<number, (port: MessagePort) => void>();
  page.addEventListener('message', (event: MessageEvent<EnginePortMessage | null>) => {
    const [port] = event.ports;
    const isOurs = event.source === page && event.origin === page.location.origin;
    if (!isOurs || event.data?.kind !== 'posemend-engine-port' || port === undefined) return;
    const { pipe } = event.data;
    const give = awaited.get(pipe);
    awaited.delete(pipe);
    if (give === undefined) arrived.set(pipe, port);
    else give(port);
  });
  return {
    take(pipe) {
      const port = arrived.get(pipe);
      arrived.delete(pipe);
      if (port !== undefined) return Promise.resolve(port);
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          awaited.delete(pipe);
          reject(new Error('The engine did not answer. Try again, or start PoseMend anew.'));
        }, PORT_MILLISECONDS);
        awaited.set(pipe, (given) => {
          clearTimeout(limit);
          resolve(given);
        });
      });
    },
  };
}

/** A port that closes once, whether the port itself or the main process tells that the engine has gone. */
function enginePort(port: MessagePort, onGone: (listener: () => void) => void): EnginePort {
  const closeListeners: (() => void)[] = [];
  let isClosed = false;
  const closed = (): void => {
    if (isClosed) return;
    isClosed = true;
    port.close();
    for (const listener of closeListeners) listener();
  };
  port.addEventListener('close', closed);
  onGone(closed);
  function addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  function addEventListener(type: 'close', listener: () => void): void;
  function addEventListener(type: 'message' | 'close', listener: (event: { data: unknown }) => void): void {
    if (type === 'message') port.addEventListener('message', listener);
    else closeListeners.push(listener as () => void);
  }
  return {
    postMessage: (data) => port.postMessage(data),
    addEventListener,
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** Undo and redo of the menu are the text field's own where one has the focus; tells whether one had. */
function editsText(shown: Document, command: string): boolean {
  if (command !== 'undo' && command !== 'redo') return false;
  const focused = shown.activeElement;
  const isText = focused?.matches(
    'input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]',
  );
  if (isText !== true) return false;
  // The only way to a field's own history; its successor is not there yet.
  shown.execCommand(command);
  return true;
}

function valueIn<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(reply.message);
}
