/**
 * Events from callbacks as an async iterable: what a streaming call of the contract returns. `send` never waits;
 * whoever reads gets everything in order.
 */
export class EventChannel<T> implements AsyncIterable<T> {
  readonly #events: T[] = [];
  #wake: (() => void) | null = null;
  #end: { readonly error: unknown } | 'closed' | null = null;

  send(event: T): void {
    this.#events.push(event);
    this.#wake?.();
  }

  close(): void {
    this.#end ??= 'closed';
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      if (this.#end === 'closed') return;
      if (this.#end !== null) throw this.#end.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
