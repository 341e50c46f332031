import { useMemo } from 'react';
import { useActivity } from '../../state/activity.ts';
import { useView } from '../../state/view.ts';
import type { SceneOptions } from './pose-scene.ts';

/** What the user wants to see, from the state of the window. */
export function useSceneOptions(differenceFactor: number): SceneOptions {
  const layout = useView((view) => view.layout);
  const showA = useView((view) => view.showInput);
  const showB = useView((view) => view.showRefined);
  const showReference = useView((view) => view.showReference);
  const showGhosts = useView((view) => view.showGhosts);
  const showDifferences = useView((view) => view.showDifferences);
  const tintByQuality = useView((view) => view.tintByQuality);
  const followRoot = useView((view) => view.followRoot);
  const showGrid = useView((view) => view.showGrid);
  const selectedJoint = useActivity((activity) => activity.selectedJoint);
  const isPeeking = useActivity((activity) => activity.isPeeking);
  return useMemo(
    () => ({
      sideBySide: layout === 'side-by-side',
      showA,
      showB,
      showReference,
      showGhosts,
      showDifferences,
      tintByQuality,
      followRoot,
      showGrid,
      selectedJoint,
      isPeeking,
      differenceFactor,
    }),
    [
      layout,
      showA,
      showB,
      showReference,
      showGhosts,
      showDifferences,
      tintByQuality,
      followRoot,
      showGrid,
      selectedJoint,
      isPeeking,
      differenceFactor,
    ],
  );
}
