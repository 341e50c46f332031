import type { NavigationName } from '../../state/view.ts';

export type CameraMove = 'orbit' | 'pan' | 'zoom' | 'none';

/** A mouse button as in MouseEvent.button. */
export type MouseButton = 'left' | 'middle' | 'right';

export interface Modifiers {
  readonly alt: boolean;
  readonly shift: boolean;
  readonly ctrl: boolean;
}

/**
 * What dragging with a button does. Blender: middle orbits, with Shift pans, with Ctrl zooms; the left button does
 * the same beside the joints, for trackpads. Maya: everything with Alt; the left button alone selects. Unity: Alt+left orbits, the
 * middle button pans, Alt+right zooms, the right button alone looks around.
 */
export function cameraMove(
  navigation: NavigationName,
  button: MouseButton,
  modifiers: Modifiers,
): CameraMove {
  if (navigation === 'maya') {
    if (!modifiers.alt) return 'none';
    return button === 'left' ? 'orbit' : button === 'middle' ? 'pan' : 'zoom';
  }
  if (navigation === 'unity') {
    if (button === 'middle') return 'pan';
    if (button === 'right') return modifiers.alt ? 'zoom' : 'orbit';
    return modifiers.alt ? 'orbit' : 'none';
  }
  if (button === 'right') return 'pan';
  if (modifiers.ctrl) return 'zoom';
  return modifiers.shift ? 'pan' : 'orbit';
}
