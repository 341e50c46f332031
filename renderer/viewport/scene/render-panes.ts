import type { PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import type { Pane } from '../camera/pick-joint.ts';
import { LAYER_A, LAYER_B, LAYER_SHARED } from './layers.ts';
import type { PaneContent } from './shown-parts.ts';

/** Draws the scene once for each pane, side by side, all through one camera. Sizes in CSS pixels. */
export function renderPanes(
  renderer: WebGLRenderer,
  scene: Scene,
  camera: PerspectiveCamera,
  panes: readonly PaneContent[],
  width: number,
  height: number,
): void {
  const paneWidth = width / panes.length;
  const aspect = paneWidth / Math.max(1, height);
  if (camera.aspect !== aspect) {
    camera.aspect = aspect;
    camera.updateProjectionMatrix();
  }
  renderer.setScissorTest(panes.length > 1);
  for (let pane = 0; pane < panes.length; pane++) {
    const content = panes[pane];
    camera.layers.set(LAYER_SHARED);
    if (content !== 'b') camera.layers.enable(LAYER_A);
    if (content !== 'a') camera.layers.enable(LAYER_B);
    renderer.setViewport(pane * paneWidth, 0, paneWidth, height);
    if (panes.length > 1) renderer.setScissor(pane * paneWidth, 0, paneWidth, height);
    renderer.render(scene, camera);
  }
}

/** The pane a point of the picture lies in. */
export function paneAt(x: number, panes: number, width: number, height: number): Pane & { index: number } {
  const paneWidth = width / panes;
  const index = Math.min(panes - 1, Math.max(0, Math.floor(x / paneWidth)));
  return { index, x: index * paneWidth, y: 0, width: paneWidth, height };
}
