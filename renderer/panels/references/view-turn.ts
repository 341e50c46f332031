/** One drag across this many pixels turns the views once round: slowly, because they are small. */
const PIXELS_PER_TURN = 600;
/** A little from the side, where arms and legs do not hide one another. */
const START = 0.5;

/** Direction all small views are seen from, turned from the body's front, radians. They turn together. */
class ViewTurn {
  #turn = START;
  readonly #listeners = new Set<() => void>();

  get turn(): number {
    return this.#turn;
  }

  drag(pixels: number): void {
    // The near side follows the pointer.
    this.#turn -= (pixels / PIXELS_PER_TURN) * 2 * Math.PI;
    for (const listener of this.#listeners) listener();
  }

  /** Returns how to stop listening. */
  onTurn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

export const viewTurn = new ViewTurn();
