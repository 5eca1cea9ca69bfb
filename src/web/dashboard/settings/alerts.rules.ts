import { readWhole, writeCount } from '../../format/count';
import { words } from '../../words';

/** The alerts of a wallet while somebody changes them. */
export interface Alerts {
  /** Highest first. */
  alerts: readonly number[];
  /** What is in the field and is not a chip yet. */
  typed: string;
}

/** As the API has them. */
const alertsMax = 5;
const alertMax = 1_000_000_000;

/** Makes a chip of what is typed. `refusal` says why not; an empty field changes nothing. */
export function addAlert({ alerts, typed }: Alerts): { value: Alerts; refusal: string | null } {
  const unchanged = { alerts, typed };
  if (typed.trim() === '') return { value: { alerts, typed: '' }, refusal: null };
  const alert = readWhole(typed, { min: 0, max: alertMax });
  if (alert === null) {
    const range = words.ui.fields.wholeNumber(writeCount(0), writeCount(alertMax));
    return { value: unchanged, refusal: range };
  }
  const all = [...new Set([...alerts, alert])].sort((a, b) => b - a);
  if (all.length > alertsMax) {
    return { value: unchanged, refusal: words.settings.wallet.lowTooMany(alertsMax) };
  }
  return { value: { alerts: all, typed: '' }, refusal: null };
}
