import type { GrantedFile } from '../../contract/host.ts';
import type { DroppedItem } from './dropped-items.ts';

/** A port to the engine: a MessagePort, or what behaves like one. */
export interface EnginePort {
  postMessage(data: string | ArrayBufferLike | ArrayBufferView): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start?(): void;
  close(): void;
}

/** Where a written file went. */
export interface SavedFile {
  /** For the user to read: a path, or 'your downloads'. */
  readonly place: string;
  /** Shows it in the system's file manager; absent where that cannot be done. */
  readonly reveal?: () => void;
}

/** A file opened before, from the system's list. */
export interface RecentFile {
  readonly name: string;
  readonly folder: string;
  open(): Promise<GrantedFile>;
}

/** What the window asks of whatever it runs in: a browser tab or Electron. */
export interface HostBridge {
  readonly kind: 'browser' | 'electron';
  /**
   * Connects to the engine, for as long as it lives. Rejects with a sentence for the user while there is none; the
   * port's `close` says that the engine has gone.
   */
  connect(): Promise<EnginePort>;
  /** Asks the user for clips; empty if the user thinks better of it. */
  pickFiles(): Promise<readonly GrantedFile[]>;
  /** Asks the user for a body model file; null if the user thinks better of it. */
  pickBodyModel(): Promise<GrantedFile | null>;
  /** Takes files and folders dropped on the window. Files of one frame each become one clip, as in `pickFiles`. */
  adoptDropped(items: readonly DroppedItem[]): Promise<readonly GrantedFile[]>;
  /** Files given when the program was started, and later through the system ("open with"). */
  onFiles(listener: (files: readonly GrantedFile[]) => void): void;
  /** The bundled sample. */
  sample(): Promise<GrantedFile>;
  recentFiles(): Promise<readonly RecentFile[]>;
  /**
   * Writes files the user exported; never over an existing one without asking. Null if the user thinks better of it.
   */
  saveFiles(files: readonly { readonly name: string; readonly bytes: Blob }[]): Promise<SavedFile | null>;
  /** A choice in the system's menu, by the name of a command (see shortcuts/commands.ts). */
  onCommand(listener: (command: string) => void): void;
  /** Shows a self-contained page in a window of its own, without scripts of ours. */
  showPage(title: string, page: Blob): void;
}
