import type { OpenChoices } from '../../contract/clips.ts';

export type PreviewState<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly preview: T }
  | { readonly kind: 'failed'; readonly error: unknown };

const WAITING = { kind: 'waiting' } as const;

/**
 * Loads previews of a file under several choices, one at a time and in the order of want. What is no longer wanted
 * is given up, even while it loads; what has arrived is kept.
 */
export class PreviewQueue<T> {
  readonly #load: (choices: OpenChoices, signal: AbortSignal) => Promise<T>;
  readonly #states = new Map<string, PreviewState<T>>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly OpenChoices[] = [];
  #loading: { readonly key: string; readonly abort: AbortController } | null = null;
  #version = 0;

  constructor(load: (choices: OpenChoices, signal: AbortSignal) => Promise<T>) {
    this.#load = load;
  }

  /** Says what is wanted, the most urgent first; replaces what was wanted before. */
  want(wanted: readonly OpenChoices[]): void {
    this.#wanted = wanted;
    const keys = wanted.map(keyOf);
    // The first in line does not wait for the others either.
    const isFirstMissing = keys.length > 0 && !this.#states.has(keys[0]) && this.#loading?.key !== keys[0];
    if (this.#loading !== null && (isFirstMissing || !keys.includes(this.#loading.key))) {
      this.#loading.abort.abort();
      this.#loading = null;
    }
    this.#loadNext();
  }

  /** Loads again what could not be loaded, in case it was for want of an engine. */
  retry(): void {
    for (const [key, state] of this.#states) if (state.kind === 'failed') this.#states.delete(key);
    this.#tell();
    this.#loadNext();
  }

  /** The preview under some choices, as far as it is there. */
  state(choices: OpenChoices): PreviewState<T> {
    return this.#states.get(keyOf(choices)) ?? WAITING;
  }

  /** Grows whenever the state of a preview changes. */
  version = (): number => this.#version;

  /** Returns how to stop listening. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #loadNext(): void {
    if (this.#loading !== null) return;
    const next = this.#wanted.find((choices) => !this.#states.has(keyOf(choices)));
    if (next === undefined) return;
    const loading = { key: keyOf(next), abort: new AbortController() };
    this.#loading = loading;
    this.#load(next, loading.abort.signal).then(
      (preview) => this.#finish(loading, { kind: 'ready', preview }),
      (error) => this.#finish(loading, { kind: 'failed', error }),
    );
  }

  #finish(loading: { readonly key: string; readonly abort: AbortController }, state: PreviewState<T>): void {
    if (this.#loading !== loading) return;
    this.#loading = null;
    this.#states.set(loading.key, state);
    this.#tell();
    this.#loadNext();
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

function keyOf({ layout, fps, unit, up, root, person, lift, bodyModel }: OpenChoices): string {
  return JSON.stringify([layout, fps, unit, up, root, person, lift, bodyModel]);
}
