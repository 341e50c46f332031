import type { MessageBoxOptions } from 'electron';

/** A window whose page may stop. */
export interface FragileWindow {
  readonly webContents: {
    on(
      event: 'render-process-gone',
      listener: (event: unknown, details: { readonly reason: string }) => void,
    ): unknown;
    reload(): void;
    forcefullyCrashRenderer(): void;
  };
  on(event: 'unresponsive', listener: () => void): unknown;
  isDestroyed(): boolean;
  destroy(): void;
}

/** Shows a message box; resolves to the number of the button. */
export type Ask = (options: MessageBoxOptions) => Promise<number>;

/** Offers to load a page again that has crashed or does not answer. Files on disk are never touched by either. */
export function offerReload(window: FragileWindow, ask: Ask): void {
  let isAsking = false;
  /** The page's process was ended on purpose, so that the page could be loaded again. */
  let isEnded = false;
  const offer = async (options: MessageBoxOptions, chosen: (button: number) => void): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    const button = await ask(options);
    isAsking = false;
    if (!window.isDestroyed()) chosen(button);
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const isExpected = isEnded || reason === 'clean-exit';
    isEnded = false;
    if (isExpected || window.isDestroyed()) return;
    void offer(
      {
        type: 'error',
        message: 'The window stopped working',
        detail: `Reason: ${reason}. Your files are unchanged. Takes that were not exported have to be refined again.`,
        buttons: ['Reload', 'Close'],
        defaultId: 0,
        cancelId: 1,
      },
      (button) => (button === 0 ? window.webContents.reload() : window.destroy()),
    );
  });
  window.on('unresponsive', () => {
    void offer(
      {
        type: 'warning',
        message: 'The window does not answer',
        detail: 'Wait for it, or reload it. Takes that were not exported have to be refined again.',
        buttons: ['Wait', 'Reload'],
        defaultId: 0,
        cancelId: 0,
      },
      (button) => {
        if (button !== 1) return;
        // A page that hangs does not reload: its process has to end first.
        isEnded = true;
        window.webContents.forcefullyCrashRenderer();
        window.webContents.reload();
      },
    );
  });
}
