import { useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Matrix4 } from 'three';
import { setActivity } from '../../state/activity.ts';
import { playback } from '../../state/playback.ts';
import { useView } from '../../state/view.ts';
import { nearestBody17 } from '../figures/nearest-body17.ts';
import type { ClipContent } from '../scene/clip-content.ts';
import type { PoseScene } from '../scene/pose-scene.ts';
import { paneAt } from '../scene/render-panes.ts';
import type { CameraRig } from './camera-rig.ts';
import { pickJoint } from './pick-joint.ts';

/** Pixels the pointer may move in a click. */
const CLICK_SLACK = 4;

/** A click on a joint selects it, a click beside the figure selects none; a drag that begins on a joint leaves the camera alone. */
export function useJointPicking(rig: CameraRig | null, scene: PoseScene, content: ClipContent): void {
  const canvas = useThree((state) => state.gl.domElement);
  const camera = useThree((state) => state.camera);
  const shown = useRef(content);
  shown.current = content;

  useEffect(() => {
    if (rig === null) return;
    const matrix = new Matrix4();
    let downX = 0;
    let downY = 0;
    let downJoint = -1;

    const pick = (event: PointerEvent): number => {
      const { info, a, b } = shown.current;
      const { parts } = scene;
      const bounds = canvas.getBoundingClientRect();
      const x = event.clientX - bounds.left;
      const y = event.clientY - bounds.top;
      const pane = paneAt(x, parts.panes.length, bounds.width, bounds.height);
      matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).multiply(scene.worldMatrix);
      const joints = info.drawing.names.length;
      const inPane = parts.panes[pane.index];
      for (const poses of [
        parts.b && inPane !== 'a' ? b : undefined,
        parts.a && inPane !== 'b' ? a : undefined,
      ]) {
        if (poses === undefined) continue;
        const start = playback.frame * joints * 3;
        const found = pickJoint(poses.positions, start, joints, matrix.elements, pane, x, y);
        if (found >= 0) return found;
      }
      return -1;
    };

    const onDown = (event: PointerEvent) => {
      downX = event.clientX;
      downY = event.clientY;
      downJoint = pick(event);
      const modifiers = { alt: event.altKey, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
      const { navigation } = useView.getState();
      rig.prepareDrag(navigation, modifiers, downJoint >= 0 && !event.altKey);
    };
    const onUp = (event: PointerEvent) => {
      if (event.button !== 0 || event.altKey) return;
      if (Math.hypot(event.clientX - downX, event.clientY - downY) > CLICK_SLACK) return;
      const joint = downJoint < 0 ? -1 : nearestBody17(shown.current.info.drawing)[downJoint];
      setActivity({ selectedJoint: joint < 0 ? null : joint });
    };
    const onMove = (event: PointerEvent) => {
      if (event.buttons === 0) canvas.style.cursor = pick(event) >= 0 ? 'pointer' : 'default';
    };
    const onMenu = (event: Event) => event.preventDefault();

    // Ahead of the camera's own listener, which looks at what this prepares.
    canvas.addEventListener('pointerdown', onDown, { capture: true });
    canvas.addEventListener('pointerup', onUp);
    canvas.addEventListener('pointermove', onMove);
    canvas.addEventListener('contextmenu', onMenu);
    return () => {
      canvas.removeEventListener('pointerdown', onDown, { capture: true });
      canvas.removeEventListener('pointerup', onUp);
      canvas.removeEventListener('pointermove', onMove);
      canvas.removeEventListener('contextmenu', onMenu);
    };
  }, [rig, scene, canvas, camera]);
}
