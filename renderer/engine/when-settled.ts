import { useActivity } from '../state/activity.ts';

/** Waits while the engine is being started; once it is there, or lost for good, asking it makes sense. */
export function whenEngineSettled(): Promise<void> {
  const isSettled = (): boolean => {
    const { engine } = useActivity.getState();
    return engine === 'ready' || engine === 'lost';
  };
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useActivity.subscribe(() => {
      if (!isSettled()) return;
      stop();
      resolve();
    });
  });
}
