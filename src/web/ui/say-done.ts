import { notifications } from '@mantine/notifications';

/** Long enough to read two sentences. */
const shownMs = 8_000;

/** Confirms in the corner what has just been done. */
export function sayDone(message: string): void {
  notifications.show({ message, autoClose: shownMs });
}
