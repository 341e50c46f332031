import { type DriveStep, driver } from 'driver.js';
import { keyLabels } from '../shortcuts/key-labels.ts';
import { keysOf } from '../shortcuts/keymaps.ts';
import { IS_MAC } from '../shortcuts/platform.ts';
import { setView, useView } from '../state/view.ts';
import { prefersReducedMotion } from '../theme/reduced-motion.ts';
import { TargetFrame } from './target-frame.ts';
import './tour.css';
import { TOUR_STEPS, type TourStep } from './tour-steps.ts';

let endTour: (() => void) | null = null;

/**
 * Points at what matters, one thing after the other. The window stays usable meanwhile; Esc and the cross end the
 * tour, and however it ends it does not come back by itself.
 */
export function startTour(): void {
  endTour?.();
  const frames = TOUR_STEPS.map(({ targets }) => new TargetFrame(targets));
  const tour = driver({
    steps: TOUR_STEPS.map((step, at) => driveStep(step, frames[at])),
    animate: !prefersReducedMotion(),
    duration: 200,
    overlayOpacity: 0.25,
    stagePadding: 4,
    stageRadius: 4,
    popoverClass: 'posemend-tour',
    popoverOffset: 8,
    showProgress: true,
    progressText: '{{current}} of {{total}}',
    nextBtnText: 'Next',
    prevBtnText: 'Back',
    doneBtnText: 'Done',
    // Its own handling would take the arrow keys from the timeline.
    allowKeyboardControl: false,
    onPopoverRender: ({ closeButton, nextButton }) => {
      closeButton.setAttribute('aria-label', 'End the tour');
      requestAnimationFrame(() => nextButton.focus());
    },
    onDestroyed: () => {
      stopListening();
      for (const frame of frames) frame.dispose();
      endTour = null;
      setView({ tourDone: true });
    },
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) tour.destroy();
    // The library would keep the focus among its buttons; the tour is no modal dialog.
    if (event.key === 'Tab') event.stopPropagation();
  };
  const onResize = (): void => {
    frames[tour.getActiveIndex() ?? 0].place();
  };
  const stopListening = (): void => {
    document.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('resize', onResize);
  };
  document.addEventListener('keydown', onKeyDown);
  // The library looks where the frame is on the next animation frame.
  window.addEventListener('resize', onResize);
  endTour = () => tour.destroy();
  tour.drive();
}

function driveStep(step: TourStep, frame: TargetFrame): DriveStep {
  const { title, side } = step;
  return {
    element: () => frame.place(),
    popover: { title, description: stepText(step), side, align: 'center' },
  };
}

/** The sentence with the key of the chosen keymap in it. */
function stepText({ text, command }: TourStep): string {
  const binding = command === undefined ? undefined : keysOf(useView.getState().keymap, command)[0];
  if (binding === undefined) return text;
  const keys = keyLabels(binding, IS_MAC).map((label) => `<kbd>${label}</kbd>`);
  return text.replace('{key}', keys.join('+'));
}
