import { z } from 'zod';

/** Screen coordinates, in device-independent pixels. */
export interface Bounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was when it was last closed. */
export interface WindowState {
  readonly bounds: Bounds;
  readonly isMaximised: boolean;
}

/** A display's area without task bars. */
export type WorkArea = Required<Bounds>;

const DEFAULT_SIZE = { width: 1440, height: 900 };
/** So much of the title bar must be on a display for the window to be moved by it. */
const GRIP = { width: 120, height: 40 };

const coordinate = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(200).max(20_000);
const KeptState = z.object({
  bounds: z.object({ x: coordinate, y: coordinate, width: size, height: size }),
  isMaximised: z.boolean(),
});

/**
 * The state to open a window with, from what a settings file held. A damaged file, or a place on a display that is
 * gone, gives a window in the middle of the first display that fits it.
 */
export function restoredWindowState(kept: unknown, workAreas: readonly WorkArea[]): WindowState {
  const parsed = KeptState.safeParse(kept);
  const [first] = workAreas;
  if (!parsed.success) return { bounds: fitted(DEFAULT_SIZE, first), isMaximised: false };
  const { bounds, isMaximised } = parsed.data;
  if (workAreas.some((area) => canBeGripped(bounds, area))) return { bounds, isMaximised };
  return { bounds: fitted(bounds, first), isMaximised };
}

function canBeGripped(bounds: WorkArea, area: WorkArea): boolean {
  const shared = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const isTitleInside = bounds.y >= area.y - 1 && bounds.y + GRIP.height <= area.y + area.height;
  return shared >= GRIP.width && isTitleInside;
}

/** Without a place, Electron centres the window. */
function fitted(wanted: { width: number; height: number }, area: WorkArea | undefined): Bounds {
  return {
    width: Math.min(wanted.width, area?.width ?? wanted.width),
    height: Math.min(wanted.height, area?.height ?? wanted.height),
  };
}

/** A window, as far as its place is concerned. */
export interface PlacedWindow {
  getNormalBounds(): WorkArea;
  isMaximized(): boolean;
  isDestroyed(): boolean;
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close', listener: () => void): unknown;
}

/** How long a window rests before its place is written. */
const REST_MS = 800;

/** Writes down a window's place after each move and when it closes. */
export function keepWindowState(window: PlacedWindow, write: (state: WindowState) => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const writeNow = (): void => {
    clearTimeout(waiting);
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    write({ bounds: { x, y, width, height }, isMaximised: window.isMaximized() });
  };
  const writeSoon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(writeNow, REST_MS);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('maximize', writeSoon);
  window.on('unmaximize', writeSoon);
  window.on('close', writeNow);
}
