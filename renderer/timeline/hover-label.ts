import { createContext, type PointerEvent, useContext } from 'react';

/** The one label that follows the pointer over the tracks; written past React. */
export interface HoverLabel {
  show(event: PointerEvent<HTMLElement>, text: string): void;
  hide(): void;
}

const NO_LABEL: HoverLabel = { show: () => {}, hide: () => {} };

export const HoverLabelContext = createContext<HoverLabel>(NO_LABEL);

export function useHoverLabel(): HoverLabel {
  return useContext(HoverLabelContext);
}

const OFFSET_PX = 14;

/** Beside the pointer, on its other side where the window ends. */
export function hoverLabelOn(element: { readonly current: HTMLElement | null }): HoverLabel {
  return {
    show(event, text) {
      const label = element.current;
      if (label === null) return;
      label.textContent = text;
      const { offsetWidth: width, offsetHeight: height } = label;
      const fitsRight = event.clientX + OFFSET_PX + width < window.innerWidth;
      const x = fitsRight ? event.clientX + OFFSET_PX : event.clientX - OFFSET_PX - width;
      const y = Math.min(window.innerHeight - height, Math.max(0, event.clientY - OFFSET_PX - height));
      label.style.transform = `translate(${x}px, ${y}px)`;
      label.style.visibility = 'visible';
    },
    hide() {
      if (element.current !== null) element.current.style.visibility = 'hidden';
    },
  };
}
