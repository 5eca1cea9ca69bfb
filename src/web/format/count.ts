import type { Language } from '../../core/notation/languages';
import { tagOf } from './language';

const minus = '−';

/** '1,234' and, with a minus that is as wide as a digit, '−3'. */
export function writeCount(count: number, language?: Language): string {
  const digits = Math.abs(count).toLocaleString(tagOf(language));
  return `${count < 0 ? minus : ''}${digits}`;
}

/** '+50' or '−1'. */
export function writeDelta(delta: number, language?: Language): string {
  return delta > 0 ? `+${writeCount(delta, language)}` : writeCount(delta, language);
}

/** A whole number of a field, within its bounds: 1200 or 1,200. Null for everything else, such as '', -3 or 1.5. */
export function readWhole(
  text: string | number,
  { min, max }: { min: number; max: number },
): number | null {
  const groups = String(text).trim().split(groupSign());
  const [first = '', ...others] = groups;
  const isGrouped = /^\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
  // 1e3 and 0x10 are numbers in a program only; 1,5 is a number and a half in much of the world.
  if (others.length > 0 ? !isGrouped : !/^\d+$/.test(first)) return null;
  const count = Number(groups.join(''));
  return count >= min && count <= max ? count : null;
}

/** What the page's locale writes between thousands. */
function groupSign(): string {
  return (10_000).toLocaleString(tagOf()).replace(/\d/g, '');
}
