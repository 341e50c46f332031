import { Color } from 'three';

/** Colours of the scene, from the theme's CSS variables. */
export interface Palette {
  readonly background: Color;
  readonly grid: Color;
  readonly text: Color;
  readonly input: Color;
  readonly refined: Color;
  readonly reference: Color;
  readonly accent: Color;
}

/** The palette of the theme an element lies in. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const color = (name: string, fallback: string) =>
    new Color(style.getPropertyValue(name).trim() || fallback);
  return {
    background: color('--pm-viewport', '#1b1c1e'),
    grid: color('--pm-grid', '#3b3d40'),
    text: color('--pm-dim', '#a9a9a9'),
    input: color('--pm-input', '#f0a04b'),
    refined: color('--pm-refined', '#5ab0ff'),
    reference: color('--pm-reference', '#56c98d'),
    accent: color('--pm-text', '#e3e3e3'),
  };
}

/** Called when the theme changes between dark and light. Returns how to stop listening. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
  return () => observer.disconnect();
}
