import type { Language } from '../../core/notation/languages';
import { pageLanguage, tagOf } from './language';

const minus = '−';

/** '1,234' and, with a minus that is as wide as a digit, '−3'. */
export function writeCount(count: number, language: Language = pageLanguage): string {
  const digits = Math.abs(count).toLocaleString(tagOf(language));
  return `${count < 0 ? minus : ''}${digits}`;
}

/** '+50' or '−1'. */
export function writeDelta(delta: number, language?: Language): string {
  return delta > 0 ? `+${writeCount(delta, language)}` : writeCount(delta, language);
}

/** A whole number of a field, within its bounds. Null for everything else, such as '', -3 or 1.5. */
export function readWhole(
  text: string | number,
  { min, max }: { min: number; max: number },
): number | null {
  const count = typeof text === 'number' ? text : Number(text.trim() || Number.NaN);
  return Number.isInteger(count) && count >= min && count <= max ? count : null;
}
