import { notifications } from '@mantine/notifications';

/** Long enough to read two sentences. */
const shownMs = 8_000;

/** Confirms in the corner what has just been done. While a text with an `id` is shown, it is not shown again. */
export function sayDone(message: string, id?: string): void {
  notifications.show({ id, message, autoClose: shownMs });
}
