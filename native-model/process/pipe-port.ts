/** A port whose other end is reached through the host, message by message. */
export class PipePort {
  readonly #send: (data: string | Uint8Array) => void;
  readonly #messageListeners: ((event: { data: unknown }) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];

  constructor(send: (data: string | Uint8Array) => void) {
    this.#send = send;
  }

  postMessage(data: string | ArrayBufferLike | Uint8Array): void {
    this.#send(
      typeof data === 'string' || data instanceof Uint8Array ? data : new Uint8Array(data as ArrayBuffer),
    );
  }

  // biome-ignore lint/suspicious/noExplicitAny: the type of a DOM port, which carries any event
  addEventListener(type: string, listener: (event: any) => void): void {
    if (type === 'message') this.#messageListeners.push(listener);
    if (type === 'close') this.#closeListeners.push(listener as () => void);
  }

  /** What arrived from the other end. */
  receive(data: string | Uint8Array): void {
    for (const listener of this.#messageListeners) listener({ data });
  }

  /** The other end has gone. */
  disconnect(): void {
    for (const listener of this.#closeListeners) listener();
  }
}
