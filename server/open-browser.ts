import open from 'open';

/** Whether a browser window could appear: without one of these a Linux machine has no screen to show it on. */
export function hasDisplay(env: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform !== 'linux') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY, env.WSL_DISTRO_NAME].some(Boolean);
}

/** Opens the address in the user's browser. Returns whether one was started. */
export async function openBrowser(url: string): Promise<boolean> {
  try {
    const opener = await open(url);
    // One that fails later says so itself; the address stands in the terminal.
    opener.on('error', () => {});
    return true;
  } catch {
    return false;
  }
}
