/**
 * The bridge between a window and the main process. It runs sandboxed, as one CommonJS file without imports, and
 * forwards: what may be asked is written in contract/electron-bridge.ts, and the main process checks all of it.
 */
import type {
  ElectronBridge,
  EnginePortMessage,
  HostCalls,
  HostEvents,
  HostReply,
} from '../../contract/electron-bridge.ts';

const { contextBridge, ipcRenderer, webUtils }: typeof import('electron') = require('electron');

function call<Channel extends keyof HostCalls>(
  channel: Channel,
  ...parameters: Parameters<HostCalls[Channel]>
): HostReply<Channel> {
  return ipcRenderer.invoke(channel, ...parameters);
}

function hear<Channel extends keyof HostEvents>(
  channel: Channel,
  listener: (value: HostEvents[Channel]) => void,
): void {
  // The event holds the sender, which a page must not get.
  ipcRenderer.on(channel, (_event, value: HostEvents[Channel]) => listener(value));
}

const bridge: ElectronBridge = {
  connectEngine: () => call('engine:connect'),
  pickFiles: () => call('files:pick'),
  pickBodyModel: () => call('files:pick-body-model'),
  // '' for a File that a script made up: the main process refuses it.
  adoptDropped: (files) =>
    call(
      'files:dropped',
      files.map((file) => webUtils.getPathForFile(file as File)),
    ),
  sample: () => call('files:sample'),
  recentFiles: () => call('recent:list'),
  openRecent: (id) => call('recent:open', id),
  saveFiles: (files) => call('save:files', files),
  reveal: (id) => call('save:reveal', id),
  showPage: (title, html) => call('page:show', title, html),
  onEngineGone: (listener) => hear('engine:gone', listener),
  onFiles: (listener) => {
    hear('files:given', listener);
    void call('files:listening');
  },
  onCommand: (listener) => hear('command', listener),
};

contextBridge.exposeInMainWorld('posemendHost', bridge);

// A port cannot pass through the context bridge; a message of the window to itself can carry it.
const portChannel: keyof HostEvents = 'engine:port';
ipcRenderer.on(portChannel, (event, pipe: number) => {
  const message: EnginePortMessage = { kind: 'posemend-engine-port', pipe };
  window.postMessage(message, window.location.origin, event.ports);
});
