import { writeCount } from '../format/count';
import { readAmount, writeAmount } from '../format/money';
import { words } from '../words';

/*
 * What a form checks before it sends anything, in our words and at the field. A text that is too long is
 * refused and not cut: a field that cuts what is pasted keeps a wrong value without a word.
 */

type Rule = (text: string) => string | null;

/** A text that may be empty. */
export const atMost =
  (lengthMax: number): Rule =>
  (text) =>
    text.length > lengthMax ? words.ui.fields.tooLong(writeCount(lengthMax)) : null;

/** A text with something to read in it. */
export const filled =
  (lengthMax: number): Rule =>
  (text) =>
    text.trim() ? atMost(lengthMax)(text) : words.ui.fields.missing;

/** The longest address of a mailbox that mail servers accept. */
const emailMax = 254;

export const isEmail: Rule = (text) =>
  filled(emailMax)(text) ?? (/^[^\s@]+@[^\s@]+$/.test(text.trim()) ? null : words.ui.fields.email);

/** An address of the web; the service may refuse more. */
export const webAddress =
  (lengthMax: number): Rule =>
  (text) =>
    filled(lengthMax)(text) ??
    (/^https?:\/\/[^\s/]\S*$/i.test(text.trim()) ? null : words.ui.fields.url);

/** An amount of money, in any currency. The service knows how many decimal places the currency has. */
export const isAmountOrEmpty: Rule = (text) =>
  text.trim() === '' || readAmount(text) !== null
    ? null
    : words.ui.fields.amount(writeAmount('36.50'));
