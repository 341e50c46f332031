import { type ModelCard, readModelCard } from '../inference/model-card.ts';
import { type Device, OnnxSession } from '../inference/onnx-session.ts';
import type { PoseLibrary } from '../pvd/library.ts';
import { openReferences } from './open-references.ts';

/** Where a refine's references come from. */
export type LibraryChoice = 'default' | 'none' | { readonly directory: string };

interface Opened<T> {
  readonly value: T;
  /** What opening it had to say; said again to every clip that uses it. */
  readonly notices: readonly string[];
}

/**
 * The models and libraries a batch of refines shares, opened at first use. Whoever makes one disposes of it.
 */
export class RefineResources {
  readonly #sessions = new Map<string, Promise<Opened<OnnxSession>>>();
  readonly #libraries = new Map<string, Promise<Opened<PoseLibrary>>>();
  readonly #cards = new Map<string, ModelCard>();

  /** A network's card, without starting the network. Throws PoseMendError if it is missing or damaged. */
  card(model: string): ModelCard {
    let card = this.#cards.get(model);
    if (card === undefined) {
      card = readModelCard(model).card;
      this.#cards.set(model, card);
    }
    return card;
  }

  /** Throws PoseMendError if the model is missing or damaged, or needs other references than this program makes. */
  session(model: string, device: Device, onNotice: (message: string) => void): Promise<OnnxSession> {
    return once(this.#sessions, `${model}\n${device}`, onNotice, (notice) =>
      OnnxSession.open(readModelCard(model), device, notice),
    );
  }

  /** Throws PoseMendError if the library is missing or damaged. */
  async library(
    choice: LibraryChoice,
    onNotice: (message: string) => void,
    signal?: AbortSignal,
  ): Promise<PoseLibrary | null> {
    if (choice === 'none') return null;
    const key = choice === 'default' ? '' : choice.directory;
    return once(this.#libraries, key, onNotice, (notice) => openReferences(choice, notice, signal));
  }

  async dispose(): Promise<void> {
    const sessions = await Promise.allSettled(this.#sessions.values());
    const libraries = await Promise.allSettled(this.#libraries.values());
    this.#sessions.clear();
    this.#libraries.clear();
    for (const opened of sessions) if (opened.status === 'fulfilled') await opened.value.value.dispose();
    for (const opened of libraries) if (opened.status === 'fulfilled') opened.value.value.close();
  }
}

async function once<T>(
  cache: Map<string, Promise<Opened<T>>>,
  key: string,
  onNotice: (message: string) => void,
  open: (onNotice: (message: string) => void) => Promise<T>,
): Promise<T> {
  let opening = cache.get(key);
  if (opening === undefined) {
    const notices: string[] = [];
    opening = open((notice) => notices.push(notice)).then((value) => ({ value, notices }));
    cache.set(key, opening);
    // A failure is not remembered: the next clip may find the disk back.
    opening.catch(() => cache.delete(key));
  }
  const { value, notices } = await opening;
  for (const notice of notices) onNotice(notice);
  return value;
}
