import { notifications } from '@mantine/notifications';

/** Long enough to be read, also where it is two sentences. */
const shownMs = 8_000;

/** Says in the corner what has just been done. */
export function sayDone(message: string): void {
  notifications.show({ message, autoClose: shownMs });
}
