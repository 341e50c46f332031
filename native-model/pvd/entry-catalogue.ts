import type { ClipRow, Snapshot } from './library-rows.ts';
import type { Exclusion } from './pose-store.ts';

/** The entries that may answer a query. The same set is the same object until the library changes. */
export interface AllowedSet {
  /** 1 at the id of every entry that may answer; as long as the highest id needs. */
  readonly has: Uint8Array;
  readonly count: number;
}

/** Sets kept for repeated queries: a refine asks with one exclusion, the window with one or two more. */
const KEPT_SETS = 16;

/** Knows which entry comes from which source, so that exclusion never depends on an index. */
export class EntryCatalogue {
  #clips = new Map<number, ClipRow>();
  #clipOf: ReadonlyMap<number, number> = new Map();
  #highestId = 0;
  readonly #allowed = new Map<string, AllowedSet>();

  get size(): number {
    return this.#clipOf.size;
  }

  has(id: number): boolean {
    return this.#clipOf.has(id);
  }

  ids(): Iterable<number> {
    return this.#clipOf.keys();
  }

  replace(snapshot: Snapshot): void {
    this.#clips = new Map(snapshot.clips.map((clip) => [clip.id, clip]));
    this.#clipOf = snapshot.clipOf;
    this.#highestId = snapshot.ids.at(-1) ?? 0;
    this.#allowed.clear();
  }

  /** Entries that carry every one of `tags` and share neither clip nor person nor source file with `exclude`. */
  allow(exclude: Exclusion = {}, tags: readonly string[] = []): AllowedSet {
    const key = JSON.stringify([exclude.clip, exclude.person, exclude.sourceHash, tags]);
    const known = this.#allowed.get(key);
    if (known !== undefined) return known;

    const clips = new Set<number>();
    for (const clip of this.#clips.values()) {
      if (!sharesSource(clip, exclude) && tags.every((tag) => clip.tags.includes(tag))) clips.add(clip.id);
    }
    const has = new Uint8Array(this.#highestId + 1);
    let count = 0;
    for (const [id, clip] of this.#clipOf) {
      if (!clips.has(clip)) continue;
      has[id] = 1;
      count++;
    }
    if (this.#allowed.size >= KEPT_SETS) this.#allowed.clear();
    const set = { has, count };
    this.#allowed.set(key, set);
    return set;
  }
}

function sharesSource(clip: ClipRow, exclude: Exclusion): boolean {
  return (
    isSame(clip.clip, exclude.clip) ||
    isSame(clip.person, exclude.person) ||
    isSame(clip.sourceHash, exclude.sourceHash)
  );
}

/** '' is unknown, and unknown is not the same as unknown. */
function isSame(found: string, excluded: string | undefined): boolean {
  return excluded !== undefined && excluded !== '' && found === excluded;
}
