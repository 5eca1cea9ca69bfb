import type { Language } from '../../core/notation/languages';
import { pageLanguage, tagOf } from './language';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How old something is, in its largest unit: '3 days', '5 hr', '0 min'. */
export function writeAge(ms: number, language: Language = pageLanguage): string {
  const [unit, length] = units.find(([, least]) => ms >= least) ?? units[2];
  const count = Math.max(0, Math.floor(ms / length));
  return new Intl.NumberFormat(tagOf(language), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
  }).format(count);
}
