import { useState } from 'react';
import { useComparison } from '../state/selectors.ts';
import { ClipViewport } from './ClipViewport.tsx';
import type { SavedCameras } from './camera/use-clip-camera.ts';
import { EmptyViewport, LoadingViewport } from './EmptyViewport.tsx';
import { NoWebGl } from './NoWebGl.tsx';
import classes from './Viewport.module.css';
import { hasWebGl } from './webgl-support.ts';

/** The clip shown as skeletons in space. Fills its box. */
export function Viewport() {
  const comparison = useComparison();
  const [cameras] = useState<SavedCameras>(() => new Map());
  return (
    <div className={classes.viewport} data-testid="viewport">
      {comparison === null ? (
        <EmptyViewport />
      ) : !hasWebGl() ? (
        <NoWebGl />
      ) : comparison.posesA === undefined ? (
        <LoadingViewport what={comparison.active.clip.info.fileName} />
      ) : (
        <ClipViewport comparison={comparison} cameras={cameras} />
      )}
    </div>
  );
}
