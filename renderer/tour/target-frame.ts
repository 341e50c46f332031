/**
 * An invisible frame around a part of the window for the tour to point at. The tour marks what it points at with
 * classes and ARIA attributes, which must not be written over those of a live control.
 */
export class TargetFrame {
  readonly element = document.createElement('div');
  readonly #selectors: readonly string[];

  constructor(selectors: readonly string[]) {
    this.#selectors = selectors;
    this.element.setAttribute('aria-hidden', 'true');
    this.element.style.position = 'fixed';
    this.element.style.pointerEvents = 'none';
    document.body.append(this.element);
  }

  /** Lays the frame around the first of its targets that is there, or else in the middle of the window. */
  place(): HTMLElement {
    const target = this.#selectors
      .map((selector) => document.querySelector(selector))
      .find((found) => found !== null);
    target?.scrollIntoView({ block: 'nearest' });
    const box = target?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
    Object.assign(this.element.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    return this.element;
  }

  dispose(): void {
    this.element.remove();
  }
}
