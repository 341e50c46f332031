/** Loop bounds, both inclusive. */
export type FrameRange = readonly [first: number, last: number];

/**
 * The playhead. It lives outside React: whatever draws a frame subscribes and writes into canvases, buffers or
 * text nodes of its own, so that playing a clip renders no component.
 */
export class Playback {
  #frame = 0;
  #frameCount = 0;
  #frameTime = 1 / 30;
  #loop: FrameRange | null = null;
  /** Clip seconds per second: negative plays backwards, 0 stands still. */
  #speed = 0;
  /** Clip seconds since the frame shown began. */
  #remainder = 0;
  /** What `toggle` plays at. */
  #usualSpeed = 1;
  #lastTick = 0;
  #request = 0;
  readonly #frameListeners = new Set<(frame: number) => void>();
  readonly #stateListeners = new Set<() => void>();

  get frame(): number {
    return this.#frame;
  }

  get frameCount(): number {
    return this.#frameCount;
  }

  get frameTime(): number {
    return this.#frameTime;
  }

  get speed(): number {
    return this.#speed;
  }

  get usualSpeed(): number {
    return this.#usualSpeed;
  }

  get isPlaying(): boolean {
    return this.#speed !== 0;
  }

  /** Another clip: stops, and keeps the frame as far as the clip has it. */
  load(frameCount: number, frameTime: number, frame = 0): void {
    this.stop();
    this.#frameCount = frameCount;
    this.#frameTime = frameTime;
    this.#loop = null;
    this.#frame = -1;
    this.seek(frame);
    this.#tellState();
  }

  /** Frames that playing stays in; null for the whole clip. */
  setLoop(loop: FrameRange | null): void {
    this.#loop = loop;
  }

  /** Goes to a frame, or to the nearest the clip has. */
  seek(frame: number): void {
    const last = Math.max(0, this.#frameCount - 1);
    const target = Math.min(last, Math.max(0, Math.round(frame)));
    this.#remainder = 0;
    this.#show(target);
  }

  step(frames: number): void {
    this.stop();
    this.seek(this.#frame + frames);
  }

  toggle(): void {
    if (this.isPlaying) this.stop();
    else this.play(this.#usualSpeed);
  }

  /** The speed to start with from now on, above 0; what plays forwards goes on at it. */
  setUsualSpeed(speed: number): void {
    this.#usualSpeed = speed;
    if (this.#speed > 0) this.#speed = speed;
    this.#tellState();
  }

  play(speed: number): void {
    if (this.#frameCount < 2) return;
    const [first, last] = this.#bounds();
    if (speed > 0 && this.#frame >= last) this.seek(first);
    if (speed < 0 && this.#frame <= first) this.seek(last);
    this.#speed = speed;
    this.#lastTick = performance.now();
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#tick);
    this.#tellState();
  }

  stop(): void {
    if (this.#request !== 0) cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#remainder = 0;
    if (this.#speed === 0) return;
    this.#speed = 0;
    this.#tellState();
  }

  /** Called with every new frame. Returns how to stop listening. */
  onFrame(listener: (frame: number) => void): () => void {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  }

  /** Called when playing starts, stops or changes its speed, and when another clip is loaded. */
  onState = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  #bounds(): FrameRange {
    return this.#loop ?? [0, this.#frameCount - 1];
  }

  #tick = (now: number): void => {
    this.#request = requestAnimationFrame(this.#tick);
    this.#remainder += ((now - this.#lastTick) / 1000) * this.#speed;
    this.#lastTick = now;
    const frames = Math.trunc(this.#remainder / this.#frameTime);
    if (frames === 0) return;
    this.#remainder -= frames * this.#frameTime;
    const [first, last] = this.#bounds();
    const length = last - first + 1;
    const at = this.#frame + frames - first;
    this.#show(first + (((at % length) + length) % length));
  };

  #show(frame: number): void {
    if (frame === this.#frame) return;
    this.#frame = frame;
    for (const listener of this.#frameListeners) listener(frame);
  }

  #tellState(): void {
    for (const listener of this.#stateListeners) listener();
  }
}

/** The one playhead of the window. */
export const playback = new Playback();
