import { refuseTexts } from '../api/input.rules';
import { isCurrency } from '../core/currency';
import { findZone } from '../time/zone-database';
import { OperatorRefusal } from './operator';

/** The values of an account that the operator sets; a change may leave out each of them. */
export interface GivenTerms {
  slug?: string;
  name?: string;
  plan?: string;
  currency?: string;
  timeZone?: string;
  emergencyCeiling?: number;
  /** Null: nothing is sold on terms. */
  termsDays?: number | null;
}

const slugShape = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const slugLengthMax = 63;

/**
 * Throws an OperatorRefusal for the first value that an account cannot have. Returns the values,
 * with the zone's name from the zone database.
 */
export function checkTerms<Terms extends GivenTerms>(
  terms: Terms,
  plans: readonly string[],
): Terms {
  const { slug, name, plan, currency, timeZone, emergencyCeiling: ceiling } = terms;
  if (slug !== undefined && !(slugShape.test(slug) && slug.length <= slugLengthMax)) {
    throw new OperatorRefusal(
      'slug',
      `must be 1 to ${slugLengthMax} lower-case letters and digits, with single hyphens between them`,
    );
  }
  if (refuseTexts({ name: [name, 200] })) {
    throw new OperatorRefusal('name', 'must be 1 to 200 characters');
  }
  if (plan !== undefined && !plans.includes(plan)) {
    const known = plans.join(', ') || 'none yet';
    throw new OperatorRefusal(
      'plan',
      `there is no plan ${plan}; plans are ${known}. "daypass prices import" makes plans`,
    );
  }
  if (currency !== undefined && !isCurrency(currency)) {
    throw new OperatorRefusal('currency', 'must be a currency of ISO 4217, e.g. EUR');
  }
  if (ceiling !== undefined && !(Number.isInteger(ceiling) && ceiling >= 0 && ceiling <= 1_000)) {
    throw new OperatorRefusal('emergencyCeiling', 'must be a whole number, 0 to 1000');
  }
  const days = terms.termsDays ?? 0;
  if (!(Number.isInteger(days) && days >= 0 && days <= 365)) {
    throw new OperatorRefusal('terms', 'must be a whole number of days, 0 to 365');
  }
  if (timeZone === undefined) return terms;
  const zone = findZone(timeZone);
  if (zone === null) {
    throw new OperatorRefusal('timeZone', `there is no time zone ${timeZone}; e.g. Europe/Berlin`);
  }
  return { ...terms, timeZone: zone };
}
