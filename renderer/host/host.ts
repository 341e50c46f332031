import { createBrowserHost } from './browser-host.ts';
import { createElectronHost } from './electron-host.ts';
import type { HostBridge } from './host-bridge.ts';

/** What this window runs in. */
export const host: HostBridge = createElectronHost() ?? createBrowserHost();
