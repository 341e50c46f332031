/** One drag across this many pixels turns the view once round. */
const PIXELS_PER_TURN = 500;

/**
 * Time and direction of view shared by the previews of a dialog, so that they move together. Draws on animation
 * frames, as long as someone draws and something moves.
 */
export class PreviewStage {
  /** Seconds since the start; previews loop in it. */
  seconds = 0;
  /** Direction of view about the vertical, radians; 0 looks along -Z. */
  yaw = 0.5;
  #isPlaying = true;
  #request = 0;
  #lastTick = 0;
  readonly #draws = new Set<() => void>();

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  setPlaying(isPlaying: boolean): void {
    this.#isPlaying = isPlaying;
    this.#wake();
  }

  /** Turns the view by a drag, in pixels. */
  drag(pixels: number): void {
    this.turn((-pixels / PIXELS_PER_TURN) * 2 * Math.PI);
  }

  turn(radians: number): void {
    this.yaw += radians;
    this.#wake();
  }

  /** Returns how to stop drawing. */
  onDraw(draw: () => void): () => void {
    this.#draws.add(draw);
    this.#wake();
    return () => {
      this.#draws.delete(draw);
      if (this.#draws.size > 0) return;
      cancelAnimationFrame(this.#request);
      this.#request = 0;
    };
  }

  #wake(): void {
    if (this.#request !== 0 || this.#draws.size === 0) return;
    this.#lastTick = performance.now();
    this.#request = requestAnimationFrame(this.#tick);
  }

  #tick = (now: number): void => {
    if (this.#isPlaying) this.seconds += Math.max(0, now - this.#lastTick) / 1000;
    this.#lastTick = now;
    for (const draw of this.#draws) draw();
    this.#request = this.#isPlaying ? requestAnimationFrame(this.#tick) : 0;
  };
}
