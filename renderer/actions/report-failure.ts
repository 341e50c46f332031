import { notifications } from '@mantine/notifications';
import { failureText } from '../engine/client.ts';
import { announce } from '../state/activity.ts';

/** Tells the user that something they asked for did not work, and why. */
export function reportFailure(title: string, error: unknown): void {
  const message = failureText(error);
  // The same failure again replaces nothing and adds nothing.
  notifications.show({ id: `${title} ${message}`, color: 'red', title, message, autoClose: 15_000 });
  announce(`${title}. ${message}`);
}
