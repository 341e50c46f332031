/**
 * What passes between a host (the browser host's server, Electron's main process) and the engine process it
 * starts, beside the calls of the contract.
 */

/** From the host to its engine. */
export type ToEngine =
  /** The user gave this file: from now on its token opens it. */
  | { readonly kind: 'grant'; readonly token: string; readonly path: string }
  /** A window connected through a pipe of the host's; where ports can be handed over, the port comes with this message. */
  | { readonly kind: 'connect'; readonly pipe: number }
  | { readonly kind: 'data'; readonly pipe: number; readonly data: string | Uint8Array }
  | { readonly kind: 'disconnect'; readonly pipe: number };

/** From an engine to its host. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'data'; readonly pipe: number; readonly data: string | Uint8Array };

/** A file the user gave, as the window knows it. */
export interface GrantedFile {
  readonly token: string;
  /** File name with its suffix. */
  readonly name: string;
  /** Names the folder it came from, for choices remembered per folder; never a path. '' where it is unknown. */
  readonly folder: string;
}
