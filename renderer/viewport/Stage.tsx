import { useFrame, useThree } from '@react-three/fiber';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Color, PerspectiveCamera } from 'three';
import { playback } from '../state/playback.ts';
import { getReferenceOverlay, onReferenceOverlay } from '../state/reference-overlay.ts';
import { CameraRig } from './camera/camera-rig.ts';
import { type SavedCameras, useClipCamera } from './camera/use-clip-camera.ts';
import { useJointPicking } from './camera/use-joint-picking.ts';
import { useViewRequests } from './camera/use-view-requests.ts';
import { writeAxes } from './overlays/AxisBadge.tsx';
import type { ClipContent } from './scene/clip-content.ts';
import { onThemeChange, readPalette } from './scene/palette.ts';
import { PoseScene } from './scene/pose-scene.ts';
import { renderPanes } from './scene/render-panes.ts';
import { useSceneOptions } from './scene/use-scene-options.ts';

/** The contents of the canvas. Poses go from the shelf into buffers when a picture is drawn; React only says what is on show. */
export function Stage({
  content,
  differenceFactor,
  axes,
  cameras,
}: {
  readonly content: ClipContent;
  readonly differenceFactor: number;
  readonly axes: RefObject<SVGSVGElement | null>;
  readonly cameras: SavedCameras;
}) {
  const [scene] = useState(() => new PoseScene());
  const renderer = useThree((state) => state.gl);
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const invalidate = useThree((state) => state.invalidate);
  const size = useThree((state) => state.size);
  const [rig, setRig] = useState<CameraRig | null>(null);
  const isStale = useRef(true);
  const background = useRef<Color>(null);

  useEffect(() => () => scene.dispose(), [scene]);

  useLayoutEffect(() => {
    const made = new CameraRig(camera, renderer.domElement, () => invalidate());
    setRig(made);
    return () => {
      setRig(null);
      made.dispose();
    };
  }, [camera, renderer, invalidate]);

  useEffect(() => {
    const apply = () => {
      const palette = readPalette(renderer.domElement);
      background.current = palette.background;
      scene.setPalette(palette);
      isStale.current = true;
      invalidate();
    };
    apply();
    return onThemeChange(apply);
  }, [renderer, scene, invalidate]);

  const options = useSceneOptions(differenceFactor);
  // Before the effects of the camera, which ask the scene where the figure is.
  useLayoutEffect(() => {
    scene.setContent(content);
    scene.setOptions(options);
    camera.aspect = size.width / scene.parts.panes.length / Math.max(1, size.height);
    camera.updateProjectionMatrix();
    isStale.current = true;
    invalidate();
  }, [scene, content, options, size, camera, invalidate]);

  useEffect(() => {
    const apply = () => {
      scene.setReference(getReferenceOverlay());
      isStale.current = true;
      invalidate();
    };
    apply();
    return onReferenceOverlay(apply);
  }, [scene, invalidate]);

  useEffect(
    () =>
      playback.onFrame(() => {
        isStale.current = true;
        invalidate();
      }),
    [invalidate],
  );

  useClipCamera(rig, scene, content, options, cameras);
  useViewRequests(rig, scene, content);
  useJointPicking(rig, scene, content);

  // A priority above 0: this draws the picture, not the library's own loop.
  useFrame((state, delta) => {
    const azimuth = rig?.azimuth ?? 0;
    if (rig?.update(delta) === true) invalidate();
    if (isStale.current || azimuth !== rig?.azimuth) scene.write(playback.frame, rig?.azimuth ?? 0);
    isStale.current = false;
    // Every time: a renderer that lost its graphics card has forgotten it.
    if (background.current !== null) renderer.setClearColor(background.current);
    renderPanes(renderer, state.scene, camera, scene.parts.panes, size.width, size.height);
    if (axes.current !== null) writeAxes(axes.current, camera);
  }, 1);

  return <primitive object={scene.root} />;
}
