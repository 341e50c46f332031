import type { Locator, Page } from '@playwright/test';

/** What is to be written, and for whom. */
export class ExportDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get root(): Locator {
    return this.#page.getByTestId('export-dialog');
  }

  async open(): Promise<void> {
    await this.#page.getByTestId('export-button').click();
    await this.root.waitFor();
  }

  /** Chooses a preset by what it is called. */
  async preset(name: RegExp): Promise<void> {
    await this.root.getByText(name).first().click();
  }

  async write(): Promise<void> {
    await this.root.getByRole('button', { name: /^export/i }).click();
  }
}
