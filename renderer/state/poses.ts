import { float32Of, type PackedArray } from '../../contract/pack.ts';
import type { TakeQuality } from '../../contract/takes.ts';

/** The frames of a clip or a take. Metres, Y up. */
export interface Poses {
  /** As drawn, [frame][joint][xyz]; NaN where unseen. */
  readonly positions: Float32Array;
  /** [frame][17][xyz]; empty for 2D clips. */
  readonly body17: Float32Array;
}

/**
 * Frames by clip or take id. Megabytes of numbers stay out of React and of the undo history: components name an id
 * and read the arrays where they draw.
 */
class PoseShelf {
  readonly #poses = new Map<string, Poses>();
  readonly #quality = new Map<string, TakeQuality>();

  poses(id: string): Poses | undefined {
    return this.#poses.get(id);
  }

  quality(take: string): TakeQuality | undefined {
    return this.#quality.get(take);
  }

  putClip(id: string, arrays: Readonly<Record<string, PackedArray>>): void {
    this.#poses.set(id, posesOf(arrays));
  }

  putTake(id: string, arrays: Readonly<Record<string, PackedArray>>): void {
    this.#poses.set(id, posesOf(arrays));
    this.#quality.set(id, {
      pqe: float32Of(arrays, 'pqe'),
      pqeJoints: float32Of(arrays, 'pqeJoints'),
      expectedErrorMm: float32Of(arrays, 'expectedErrorMm'),
      expectedErrorAfterMm: float32Of(arrays, 'expectedErrorAfterMm'),
      jointErrorMm: float32Of(arrays, 'jointErrorMm'),
    });
  }

  drop(id: string): void {
    this.#poses.delete(id);
    this.#quality.delete(id);
  }
}

function posesOf(arrays: Readonly<Record<string, PackedArray>>): Poses {
  return { positions: float32Of(arrays, 'positions'), body17: float32Of(arrays, 'body17') };
}

export const poseShelf = new PoseShelf();
