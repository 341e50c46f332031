import { useReducedMotion } from '@mantine/hooks';
import { useView } from '../state/view.ts';

/** Whether moves of cameras and panels should be instant: the user's choice here, or else the system's. */
export function useReducedMotionSetting(): boolean {
  const setting = useView((view) => view.reducedMotion);
  const system = useReducedMotion();
  return setting === 'auto' ? system : setting === 'on';
}

/** The same outside of components. */
export function prefersReducedMotion(): boolean {
  const setting = useView.getState().reducedMotion;
  if (setting !== 'auto') return setting === 'on';
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
