import type { Event, WebContents, WindowOpenHandlerResponse } from 'electron';
import { APP_ENTRY, isAppUrl, isReportUrl } from './app-scheme.ts';

/** Events of a page that can lead it somewhere else. */
const NAVIGATIONS = ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const;

/** The part of a page's WebContents that is guarded. */
export interface GuardedContents {
  on(
    event: (typeof NAVIGATIONS)[number],
    listener: (details: Pick<Event, 'preventDefault'> & { readonly url: string }) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
  getURL(): string;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => WindowOpenHandlerResponse): void;
}

/**
 * Keeps a page where it is: no navigation but reloading the application, no window of its own, no webview.
 * @param openLink is given every address a page wants a window for; it decides what goes to the user's browser
 */
export function hardenContents(contents: GuardedContents, openLink: (address: string) => void): void {
  for (const navigation of NAVIGATIONS) {
    contents.on(navigation, (details) => {
      if (!(details.url === APP_ENTRY && isAppUrl(contents.getURL()))) details.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

/** The part of a session that is guarded. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: WebContents, permission: string, answer: (isGranted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setSpellCheckerEnabled(isEnabled: boolean): void;
  on(event: 'will-download', listener: (event: Pick<Event, 'preventDefault'>) => void): unknown;
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        answer: (response: { readonly cancel: boolean }) => void,
      ) => void,
    ): void;
  };
}

/** No permission, no device, no download, and no request to anything but what the program itself serves. */
export function hardenSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocalRequest(url) }));
}

/** Whether an address is served by this program: the page, a report, data in the page, the developer tools. */
export function isLocalRequest(address: string): boolean {
  return isAppUrl(address) || isReportUrl(address) || /^(data|blob|devtools):/.test(address);
}
