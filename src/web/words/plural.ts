import { writeCount } from '../format/count';
import type { Language } from '../../core/notation/languages';

/**
 * A text for each form of number that the language has. `#` stands for the number itself, so a form holds
 * no other parameter: a name may have that sign in it.
 */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** Chooses the form of a text that a number needs in a language: '1 pass', '2 passes'. */
export function pluralIn(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', writeCount(count));
}
