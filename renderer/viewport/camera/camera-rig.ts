import { CameraControlsImpl } from '@react-three/drei';
import {
  Box3,
  MathUtils,
  Matrix4,
  type PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { NavigationName } from '../../state/view.ts';
import { type Fill, fitCamera } from './fit-camera.ts';
import { type CameraMove, cameraMove, type Modifiers } from './navigation.ts';

CameraControlsImpl.install({
  THREE: { Box3, MathUtils, Matrix4, Quaternion, Raycaster, Sphere, Spherical, Vector2, Vector3, Vector4 },
});

/** Where a camera stands and looks; metres. */
export interface CameraPlace {
  readonly position: readonly [number, number, number];
  readonly target: readonly [number, number, number];
}

export type ViewName = 'front' | 'side' | 'top' | 'back';

/** Radians: azimuth from +Z towards +X, polar angle from +Y. */
const VIEWS: Readonly<Record<ViewName, { readonly azimuth: number; readonly polar: number }>> = {
  front: { azimuth: 0, polar: Math.PI / 2 },
  side: { azimuth: Math.PI / 2, polar: Math.PI / 2 },
  top: { azimuth: 0, polar: 0 },
  back: { azimuth: Math.PI, polar: Math.PI / 2 },
};

/** Seconds a step of the camera may span: after a pause a move would else be over in one picture. */
const LONGEST_STEP = 0.05;
const MOVE_SMOOTHNESS = 0.16;
const DRAG_SMOOTHNESS = 0.04;

/** The camera and how it is moved: by the mouse as one of the presets says, and by commands. */
export class CameraRig {
  readonly #camera: PerspectiveCamera;
  readonly #controls: CameraControlsImpl;
  readonly #onWake: () => void;
  #isFlat = false;

  /** `wake` asks for another picture. */
  constructor(camera: PerspectiveCamera, element: HTMLElement, wake: () => void) {
    this.#camera = camera;
    this.#onWake = wake;
    this.#controls = new CameraControlsImpl(camera, element);
    this.#controls.smoothTime = MOVE_SMOOTHNESS;
    this.#controls.draggingSmoothTime = DRAG_SMOOTHNESS;
    this.#controls.minDistance = 0.05;
    this.#controls.restThreshold = 0.001;
    for (const event of WAKING_EVENTS) this.#controls.addEventListener(event, wake);
  }

  get azimuth(): number {
    return this.#controls.azimuthAngle;
  }

  /** Before a button's drag begins: what it will do. `isTaken` keeps the camera still, for a drag that is not its. */
  prepareDrag(navigation: NavigationName, modifiers: Modifiers, isTaken: boolean): void {
    const action = (button: 'left' | 'middle' | 'right') => {
      const move = cameraMove(navigation, button, modifiers);
      return actionOf(
        isTaken && button === 'left' ? 'none' : this.#isFlat && move === 'orbit' ? 'pan' : move,
      );
    };
    this.#controls.mouseButtons.left = action('left');
    this.#controls.mouseButtons.middle = action('middle');
    this.#controls.mouseButtons.right = action('right');
  }

  /** Whether the wheel zooms towards the pointer; only where one pane fills the picture. */
  setZoomToPointer(isOn: boolean): void {
    this.#controls.dollyToCursor = isOn;
  }

  /** A flat clip is seen from the front only. */
  setFlat(isFlat: boolean): void {
    this.#isFlat = isFlat;
    const { ACTION } = CameraControlsImpl;
    this.#controls.touches.one = isFlat ? ACTION.TOUCH_TRUCK : ACTION.TOUCH_ROTATE;
  }

  /** Moves on by some seconds; true while the camera is still moving. */
  update(seconds: number): boolean {
    const isMoving = this.#controls.update(Math.min(seconds, LONGEST_STEP));
    const { distance } = this.#controls;
    const near = distance / 100;
    // Depth is precise around what is looked at, in millimetre and in kilometre scenes.
    if (Math.abs(this.#camera.near / near - 1) > 0.3) {
      this.#camera.near = near;
      this.#camera.far = distance * 60 + 60;
      this.#camera.updateProjectionMatrix();
    }
    return isMoving;
  }

  /** Looks at points (metres, [point][xyz]) from the direction it has, or from another. */
  fit(
    points: Float32Array,
    fill: Fill,
    smooth: boolean,
    direction?: { azimuth: number; polar: number },
  ): boolean {
    const { azimuth, polar } = direction ?? this.#direction();
    const lens = {
      tanHalfFov: Math.tan(MathUtils.degToRad(this.#camera.fov / 2)),
      aspect: this.#camera.aspect,
    };
    const found = fitCamera(points, azimuth, polar, lens, fill);
    if (found === null) return false;
    const { x, y, z } = found;
    const distance = Math.max(found.distance, 0.1);
    void this.#controls.setLookAt(
      x + distance * Math.sin(polar) * Math.sin(azimuth),
      y + distance * Math.cos(polar),
      z + distance * Math.sin(polar) * Math.cos(azimuth),
      x,
      y,
      z,
      smooth,
    );
    this.#onWake();
    return true;
  }

  /** Turns to a view, keeping what it looks at and from how far. */
  turnTo(view: ViewName, smooth: boolean): void {
    if (this.#isFlat) return;
    const { azimuth, polar } = VIEWS[view];
    this.#controls.normalizeRotations();
    void this.#controls.rotateTo(azimuth, polar, smooth);
    this.#onWake();
  }

  /** Looks at another point from the same direction and distance; metres. */
  lookAt(x: number, y: number, z: number, smooth: boolean): void {
    void this.#controls.moveTo(x, y, z, smooth);
    this.#onWake();
  }

  get place(): CameraPlace {
    const position = this.#controls.getPosition(new Vector3());
    const target = this.#controls.getTarget(new Vector3());
    return { position: [position.x, position.y, position.z], target: [target.x, target.y, target.z] };
  }

  goTo({ position, target }: CameraPlace): void {
    void this.#controls.setLookAt(...position, ...target, false);
    this.#onWake();
  }

  /** Moves the camera and its target alike, metres. */
  shift(x: number, y: number, z: number): void {
    const { position, target } = this.place;
    this.goTo({
      position: [position[0] + x, position[1] + y, position[2] + z],
      target: [target[0] + x, target[1] + y, target[2] + z],
    });
  }

  dispose(): void {
    for (const event of WAKING_EVENTS) this.#controls.removeEventListener(event, this.#onWake);
    this.#controls.dispose();
  }

  /** Where it will be once it stands still. */
  #direction(): { readonly azimuth: number; readonly polar: number } {
    const { theta, phi } = this.#controls.getSpherical(new Spherical(), true);
    return { azimuth: theta, polar: phi };
  }
}

const WAKING_EVENTS = ['controlstart', 'control', 'transitionstart', 'wake'] as const;

function actionOf(move: CameraMove) {
  const { ACTION } = CameraControlsImpl;
  if (move === 'orbit') return ACTION.ROTATE;
  if (move === 'pan') return ACTION.TRUCK;
  return move === 'zoom' ? ACTION.DOLLY : ACTION.NONE;
}
