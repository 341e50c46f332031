import { type DocumentState, type OpenClip, useDocument } from './document.ts';

/** What a window opens again after a reload. Frames are not in it: the engine still has them. */
export interface SessionMemory extends DocumentState {
  readonly clips: Readonly<Record<string, OpenClip>>;
}

/** The number grows with the shape of what is stored. */
const KEY = 'posemend-session-3';
const PAUSE_MS = 300;

/** Keeps what is open in the tab's own storage, so that a reload loses nothing. */
export function rememberSession(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const storeNow = (): void => {
    clearTimeout(timer);
    store(useDocument.getState());
  };
  useDocument.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(storeNow, PAUSE_MS);
  });
  // A reload right after a change does not wait for the pause.
  window.addEventListener('pagehide', storeNow);
}

/** What was open before the page was loaded again; null in a new window. */
export function recallSession(storage: Pick<Storage, 'getItem'> = sessionStorage): SessionMemory | null {
  try {
    const text = storage.getItem(KEY);
    if (text === null) return null;
    const memory = JSON.parse(text) as SessionMemory;
    return Array.isArray(memory.order) && memory.order.length > 0 ? memory : null;
  } catch {
    return null;
  }
}

function store({ order, activeClip, edits, clips }: SessionMemory): void {
  // Closed clips cannot be undone after a reload, so they need not come back.
  const open = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => order.includes(id)));
  try {
    sessionStorage.setItem(
      KEY,
      JSON.stringify({ order, activeClip, edits: open(edits), clips: open(clips) }),
    );
  } catch {
    // A full or forbidden storage costs the memory, not the work.
  }
}
