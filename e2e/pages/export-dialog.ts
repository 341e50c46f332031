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
    await this.root.getByRole('radiogroup', { name: 'Preset' }).getByText(name).click();
  }

  /** Chooses a value of a field by what both are called. */
  async choose(field: RegExp, option: RegExp): Promise<void> {
    await this.root.getByRole('combobox', { name: field }).click();
    await this.#page.getByRole('option', { name: option }).click();
  }

  async write(): Promise<void> {
    await this.root.getByRole('button', { name: /^export/i }).click();
  }
}
