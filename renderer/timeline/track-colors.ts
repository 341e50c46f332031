import { useSyncExternalStore } from 'react';

/** The window's colours as a canvas takes them: CSS colour text. */
export interface TrackColors {
  readonly panel: string;
  readonly panel2: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly input: string;
  readonly refined: string;
  readonly bad: string;
  readonly accent: string;
  readonly selection: string;
  /** Families, for canvas text. */
  readonly fontFamily: string;
}

const VARIABLES: Readonly<Record<Exclude<keyof TrackColors, 'fontFamily'>, string>> = {
  panel: '--pm-panel',
  panel2: '--pm-panel-2',
  line: '--pm-line',
  text: '--pm-text',
  dim: '--pm-dim',
  input: '--pm-input',
  refined: '--pm-refined',
  bad: '--pm-bad',
  accent: '--pm-accent',
  selection: '--pm-selection',
};

const SCHEME_ATTRIBUTE = 'data-mantine-color-scheme';

let scheme: string | null = null;
let colors: TrackColors | null = null;

/** The colours of the theme in use; a new object when the theme changes or a font arrives, so that canvases draw again. */
export function useTrackColors(): TrackColors {
  return useSyncExternalStore(subscribe, currentColors);
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: [SCHEME_ATTRIBUTE] });
  const drawAgain = (): void => {
    colors = null;
    listener();
  };
  document.fonts.addEventListener('loadingdone', drawAgain);
  return () => {
    observer.disconnect();
    document.fonts.removeEventListener('loadingdone', drawAgain);
  };
}

function currentColors(): TrackColors {
  const current = document.documentElement.getAttribute(SCHEME_ATTRIBUTE);
  if (colors === null || current !== scheme) {
    scheme = current;
    const style = getComputedStyle(document.documentElement);
    const found = Object.fromEntries(
      Object.entries(VARIABLES).map(([name, variable]) => [name, style.getPropertyValue(variable).trim()]),
    ) as Record<keyof typeof VARIABLES, string>;
    colors = { ...found, fontFamily: getComputedStyle(document.body).fontFamily };
  }
  return colors;
}
