import { type Download, expect, type Locator, type Page } from '@playwright/test';
import { ExportDialog } from './export-dialog.ts';
import { ImportDialog } from './import-dialog.ts';
import { TimelinePage } from './timeline-page.ts';

/** A refine of the sample takes a second or two; a busy machine may need many times that. */
export const REFINE_TIMEOUT = 40_000;

/** The window as its user sees it. */
export class AppWindow {
  readonly page: Page;
  /** Null where the window has no address, as in Electron. */
  readonly url: string | null;
  readonly timeline: TimelinePage;
  readonly importDialog: ImportDialog;
  readonly exportDialog: ExportDialog;

  constructor(page: Page, url: string | null) {
    this.page = page;
    this.url = url;
    this.timeline = new TimelinePage(page);
    this.importDialog = new ImportDialog(page);
    this.exportDialog = new ExportDialog(page);
  }

  get root(): Locator {
    return this.page.getByTestId('app');
  }

  get clips(): Locator {
    return this.page.getByTestId(/^clip-row-/);
  }

  get takes(): Locator {
    return this.page.getByTestId(/^take-row-/);
  }

  get refineButton(): Locator {
    return this.page.getByTestId('refine-button');
  }

  get references(): Locator {
    return this.page.getByTestId(/^reference-card-/);
  }

  get viewport(): Locator {
    return this.page.getByTestId('viewport');
  }

  async openSample(): Promise<void> {
    await this.page
      .getByRole('button', { name: /open the sample/i })
      .first()
      .click();
    await expect(this.clips).toHaveCount(1);
    await expect(this.viewport.locator('canvas').first()).toBeVisible();
  }

  /** Gives files to the window as a drop does. */
  async drop(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (given) => {
        const data = new DataTransfer();
        for (const { name, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          data.items.add(new File([bytes], name));
        }
        return data;
      },
      files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
    );
    await this.root.dispatchEvent('dragover', { dataTransfer: transfer });
    await this.root.dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** Chooses what is done with the first clip from its menu. */
  async clipMenu(item: RegExp): Promise<void> {
    await this.clips
      .first()
      .getByRole('button', { name: /what can be done/i })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Refines with the settings as they are and waits for the new take. */
  async refine(): Promise<void> {
    const before = await this.takes.count();
    await this.refineButton.click();
    await expect(this.takes).toHaveCount(before + 1, { timeout: REFINE_TIMEOUT });
  }

  /** How far the first job is, 0..100; null while there is none. */
  async progress(): Promise<number | null> {
    const bar = this.page.getByTestId('job-progress').first().getByRole('progressbar');
    if ((await bar.count()) === 0) return null;
    return Number(await bar.getAttribute('aria-valuenow'));
  }

  /** Which frame the playhead is at. */
  async frame(): Promise<number> {
    return Number(await this.page.getByTestId('frame-field').inputValue());
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Leaves fields and lists, so that keys go to the window. */
  async focusWindow(): Promise<void> {
    await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }

  /** What is saved while `action` runs. */
  async downloads(count: number, action: () => Promise<void>): Promise<Download[]> {
    const found: Download[] = [];
    this.page.on('download', (download) => found.push(download));
    await action();
    await expect.poll(() => found.length, { timeout: REFINE_TIMEOUT }).toBe(count);
    return found;
  }
}
