import type { UseFormReturnType } from '@mantine/form';
import { words } from '../words';

/*
 * What a form checks before it sends anything, in our words and at the field. Every form is `noValidate`:
 * the browser's own bubbles are in the browser's language, and they cover the page.
 */

type Rule = (text: string) => string | null;

export const isFilled: Rule = (text) => (text.trim() ? null : words.ui.fields.missing);

export const isEmail: Rule = (text) =>
  isFilled(text) ?? (/^[^\s@]+@[^\s@]+$/.test(text.trim()) ? null : words.ui.fields.email);

/** An address of the web; a program may refuse more. */
export const isWebAddress: Rule = (text) =>
  isFilled(text) ?? (/^https?:\/\/[^\s/]/i.test(text.trim()) ? null : words.ui.fields.url);

/** An amount of money, in any currency. The service knows how many decimal places the currency has. */
export const isAmountOrEmpty: Rule = (text) =>
  /^(?:\d{1,7}(?:\.\d{1,4})?)?$/.test(text.trim()) ? null : words.ui.fields.amount;

/** A field for a date or a time returns no text as long as it is only half filled in. */
export function isHalfDate(form: Pick<UseFormReturnType<never>, 'getInputNode'>, field: string) {
  const node = form.getInputNode(field);
  return node instanceof HTMLInputElement && node.validity.badInput;
}

/** Moves the focus to the first field that is wrong: the second argument of `form.onSubmit`. */
export function toFirstWrong(errors: object, _values: unknown, event?: { target: EventTarget }) {
  const [first] = Object.keys(errors);
  // Only within this form: another one on the page may have a field of this name.
  if (first === undefined || !(event?.target instanceof HTMLElement)) return;
  event.target.querySelector<HTMLElement>(`[data-path="${CSS.escape(first)}"]`)?.focus();
}
