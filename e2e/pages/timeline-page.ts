import { expect, type Locator, type Page } from '@playwright/test';

/** The panel at the bottom. */
export class TimelinePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get strip(): Locator {
    return this.#page.getByTestId('pqe-strip');
  }

  get heatMap(): Locator {
    return this.#page.getByTestId('heat-map');
  }

  get spans(): Locator {
    return this.#page.getByTestId(/^span-row-/);
  }

  get frameField(): Locator {
    return this.#page.getByTestId('frame-field');
  }

  async goTo(frame: number): Promise<void> {
    await this.frameField.fill(String(frame));
    await this.frameField.press('Enter');
    await expect(this.frameField).toHaveValue(String(frame));
  }

  /** Clicks a cell of the heat map, by its share of width and height. */
  async clickHeatMap(x: number, y: number): Promise<void> {
    const box = await this.heatMap.boundingBox();
    if (box === null) throw new Error('the heat map is not shown');
    await this.#page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }
}
