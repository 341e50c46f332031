import type { Locator, Page } from '@playwright/test';

/** How a file is to be read that does not say it all. */
export class ImportDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get root(): Locator {
    return this.#page.getByTestId('import-dialog');
  }

  field(name: RegExp): Locator {
    return this.root.getByLabel(name).first();
  }

  /** A small picture of the file under one choice. */
  picture(name: RegExp): Locator {
    return this.root.getByRole('button', { name }).filter({ has: this.#page.locator('canvas') });
  }

  async open(): Promise<void> {
    await this.root.getByRole('button', { name: /^open$/i }).click();
  }
}
