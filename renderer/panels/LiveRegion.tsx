import { VisuallyHidden } from '@mantine/core';
import { useActivity } from '../state/activity.ts';

/** Reads to screen readers what happened elsewhere in the window. */
export function LiveRegion() {
  const announcement = useActivity((state) => state.announcement);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {announcement}
    </VisuallyHidden>
  );
}
