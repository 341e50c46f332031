import type { EngineState } from '../../state/activity.ts';

/** What the engine is doing, for the status bar. */
export const ENGINE_WORDS: Readonly<Record<EngineState, string>> = {
  connecting: 'Engine is starting',
  ready: 'Engine ready',
  restarting: 'Engine is starting again',
  lost: 'Engine lost',
};

/** What happened to the engine and what it means; null while nothing is wrong. */
export function engineTrouble(
  engine: EngineState,
): { readonly title: string; readonly advice: string } | null {
  if (engine === 'restarting') {
    return {
      title: 'The engine is not answering; it is being started again.',
      advice:
        'Your clips and takes are still here. Refining and references wait; a run in progress has to be repeated.',
    };
  }
  if (engine === 'lost') {
    return {
      title: 'The engine cannot be reached.',
      advice:
        'Your clips and takes can still be looked at. Try again; if it does not help, close PoseMend and start it anew.',
    };
  }
  return null;
}
