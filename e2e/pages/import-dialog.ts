import type { Locator, Page } from '@playwright/test';

/** How an array is to be read. */
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

  async open(): Promise<void> {
    await this.root.getByRole('button', { name: /^open/i }).click();
  }
}
