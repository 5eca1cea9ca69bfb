import { pageLanguage } from '../format/language';
import { en } from './en';

/**
 * All texts of the pages, by area: `words.agents.invite`. English is the model for every other language:
 * a catalogue that lacks a text, or gives it other parameters, does not compile. To add a language, write
 * `words/<language>` as a `Words`, list it here, and choose it by `pageLanguage`.
 *
 * Pages name each text in full, so that `test/house/page-words.test.ts` finds texts that nothing uses.
 */
export type Words = TextsOf<typeof en>;

const catalogues: { en: Words } & Partial<Record<string, Words>> = { en };

export const words: Words = catalogues[pageLanguage] ?? catalogues.en;

/** The same keys and parameters; the texts may be any. */
type TextsOf<Model> = {
  readonly [Key in keyof Model]: Model[Key] extends string
    ? string
    : Model[Key] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : TextsOf<Model[Key]>;
};
