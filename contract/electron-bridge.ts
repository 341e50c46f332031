import type { GrantedFile } from './host.ts';

/** Replies are values: a thrown Error loses its class and fields between processes. `message` is for the user. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** A file to write, as a window hands it over. */
export interface FileToSave {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Files written: `place` is for the user to read, `id` lets the window ask to see them in the file manager. */
export interface SavedPlace {
  readonly place: string;
  readonly id: string;
}

/** A file opened before; `id` opens it again, the path stays with the main process. */
export interface RecentEntry {
  readonly id: string;
  readonly name: string;
  /** Base name of its folder. */
  readonly folder: string;
}

/** Calls from a window to Electron's main process, by channel. Arguments are parsed on arrival. */
export interface HostCalls {
  /** Resolves to the number of a new pipe to the engine; its port comes with `engine:port`. */
  'engine:connect': () => number;
  'files:pick': () => readonly GrantedFile[];
  /** Null if the user thinks better of it. */
  'files:pick-body-model': () => GrantedFile | null;
  /** Paths as the preload script read them off dropped files and folders. */
  'files:dropped': (paths: readonly string[]) => readonly GrantedFile[];
  /** The window listens to `files:given` from now on. */
  'files:listening': () => void;
  'files:sample': () => GrantedFile;
  'recent:list': () => readonly RecentEntry[];
  'recent:open': (id: string) => GrantedFile;
  /** Null if the user thinks better of it. */
  'save:files': (files: readonly FileToSave[]) => SavedPlace | null;
  'save:reveal': (id: string) => void;
  'page:show': (title: string, html: string) => void;
}

/** What the main process tells a window, by channel. */
export interface HostEvents {
  /** Comes with a MessagePort. */
  'engine:port': number;
  /** The engine at the other end of a pipe has gone. */
  'engine:gone': number;
  'files:given': readonly GrantedFile[];
  /** A choice in the menu, by the name of a command. */
  command: string;
}

export type HostReply<Channel extends keyof HostCalls> = Promise<Reply<ReturnType<HostCalls[Channel]>>>;

/** What the preload script puts on the window as `posemendHost`. It forwards and does nothing else. */
export interface ElectronBridge {
  connectEngine(): HostReply<'engine:connect'>;
  pickFiles(): HostReply<'files:pick'>;
  pickBodyModel(): HostReply<'files:pick-body-model'>;
  /** Takes File objects of a drop or a paste; one a script made has no path and is refused. */
  adoptDropped(files: readonly unknown[]): HostReply<'files:dropped'>;
  sample(): HostReply<'files:sample'>;
  recentFiles(): HostReply<'recent:list'>;
  openRecent(id: string): HostReply<'recent:open'>;
  saveFiles(files: readonly FileToSave[]): HostReply<'save:files'>;
  reveal(id: string): HostReply<'save:reveal'>;
  showPage(title: string, html: string): HostReply<'page:show'>;
  onEngineGone(listener: (pipe: number) => void): void;
  onFiles(listener: (files: readonly GrantedFile[]) => void): void;
  onCommand(listener: (command: string) => void): void;
}

/** The message with which the preload script hands an engine port to its own window. */
export interface EnginePortMessage {
  readonly kind: 'posemend-engine-port';
  readonly pipe: number;
}
