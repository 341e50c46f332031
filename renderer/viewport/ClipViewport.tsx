import { Button } from '@mantine/core';
import { Canvas } from '@react-three/fiber';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { getReferenceOverlay, onReferenceOverlay } from '../state/reference-overlay.ts';
import type { Comparison } from '../state/selectors.ts';
import { useView } from '../state/view.ts';
import type { SavedCameras } from './camera/use-clip-camera.ts';
import { AxisBadge } from './overlays/AxisBadge.tsx';
import { PaneLabels } from './overlays/PaneLabels.tsx';
import { ViewportLegend } from './overlays/ViewportLegend.tsx';
import { ViewportToolbar } from './overlays/ViewportToolbar.tsx';
import { Stage } from './Stage.tsx';
import { floorHeight } from './scene/clip-content.ts';
import { useCanvasLabel } from './use-canvas-label.ts';
import classes from './Viewport.module.css';

const CAMERA = {
  fov: 32,
  near: 0.05,
  far: 300,
  position: [0, 1, 5] as [number, number, number],
  manual: true,
};
const RENDERER = { antialias: true, alpha: false, powerPreference: 'high-performance' } as const;
const PIXEL_RATIOS: [number, number] = [1, 2];

/** A clip and its versions in the canvas, and what lies over it. */
export function ClipViewport({
  comparison,
  cameras,
}: {
  readonly comparison: Comparison;
  /** Where the user left the camera of each clip. */
  readonly cameras: SavedCameras;
}) {
  const [differenceFactor, setDifferenceFactor] = useState(1);
  const layout = useView((view) => view.layout);
  const overlay = useSyncExternalStore(onReferenceOverlay, getReferenceOverlay);
  const frame = useRef<HTMLDivElement>(null);
  const axes = useRef<SVGSVGElement>(null);
  const { attempt, isLost, drawAgain, watch } = useContextLoss();
  useCanvasLabel(frame, comparison);

  const { posesA, posesB } = comparison;
  const { info } = comparison.active.clip;
  // Quality is measured in metres, which 2D keypoints are not.
  const quality = info.dimensions === 3 ? comparison.quality : undefined;
  const content = useMemo(() => ({ info, a: posesA, b: posesB, quality }), [info, posesA, posesB, quality]);
  const upNote = useMemo(() => {
    if (info.dimensions === 2) return 'Y up, 2D';
    const floor = posesA === undefined ? 0 : floorHeight(posesA.positions, info.drawing.names.length);
    return floor === 0 ? 'Y up, metres' : `Y up, floor at ${floor.toFixed(2).replace('-', '−')} m`;
  }, [info, posesA]);

  return (
    <>
      <div ref={frame} role="img" className={classes.canvas}>
        <Canvas
          key={attempt}
          flat
          frameloop="demand"
          camera={CAMERA}
          gl={RENDERER}
          dpr={PIXEL_RATIOS}
          onCreated={({ gl, invalidate }) => watch(gl.domElement, invalidate)}
        >
          <Stage content={content} differenceFactor={differenceFactor} axes={axes} cameras={cameras} />
        </Canvas>
      </div>
      {layout === 'side-by-side' && posesB !== undefined && <PaneLabels comparison={comparison} />}
      <ViewportToolbar
        hasB={comparison.b !== null}
        hasQuality={quality !== undefined}
        hasReference={overlay !== null}
        isFlat={info.dimensions === 2}
      />
      <ViewportLegend
        comparison={comparison}
        differenceFactor={differenceFactor}
        onDifferenceFactor={setDifferenceFactor}
      />
      <AxisBadge note={upNote} axes={axes} />
      {isLost && (
        <div className={`${classes.notice} ${classes.overCanvas}`} role="alert">
          <p className={classes.noticeText}>
            The graphics card was taken away from this window. The picture comes back by itself when it
            returns.
          </p>
          <Button size="xs" onClick={drawAgain}>
            Draw again now
          </Button>
        </div>
      )}
    </>
  );
}

/** Notices when the graphics card drops the picture; three.js restores its own state when it comes back. */
function useContextLoss() {
  const [isLost, setLost] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const stop = useRef<() => void>(null);
  useEffect(() => () => stop.current?.(), []);

  const watch = (canvas: HTMLCanvasElement, redraw: () => void) => {
    stop.current?.();
    const onLost = () => setLost(true);
    const onRestored = () => {
      setLost(false);
      redraw();
    };
    canvas.addEventListener('webglcontextlost', onLost);
    canvas.addEventListener('webglcontextrestored', onRestored);
    stop.current = () => {
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
    };
  };
  const drawAgain = () => {
    setLost(false);
    setAttempt((count) => count + 1);
  };
  return { attempt, isLost, drawAgain, watch };
}
