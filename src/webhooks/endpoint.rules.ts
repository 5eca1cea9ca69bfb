import { refuseNames } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { isReachable, type OutboundRules } from '../core/outbound';
import { isLoopbackHost } from '../core/public-address';
import { isEntryKind } from '../ledger/entries/entry-kinds';

/** Of an account. Each of them costs a request per event. */
export const endpointsMax = 10;
const urlLengthMax = 2_000;
/** More than there are kinds: a list that is longer is a mistake. */
const kindsMax = 100;

/** What an admin sets of an endpoint; a field that is left out stays as it is. */
export interface EndpointSettings {
  url?: string | null;
  description?: string | null;
  kinds?: readonly string[] | null;
}

/** A refusal for the first setting that is not allowed; null if all are. */
export function refuseSettings(
  { url, description, kinds }: EndpointSettings,
  rules: OutboundRules,
): UserError | null {
  const invalid = refuseNames({ description: [description || null, 200] });
  if (invalid) return invalid;
  if (kinds && (kinds.length > kindsMax || !kinds.every(isEntryKind))) {
    const message =
      'kinds must be names of types of DayPassEvent, such as DayPassConsumed. Leave it empty for all.';
    return { code: 'VALIDATION_FAILED', message, field: ['kinds'] };
  }
  if (url == null || isPermitted(url, rules)) return null;
  const message = rules.privateAddresses
    ? 'url must be an http or https URL without credentials and fragment, of at most 2,000 characters.'
    : 'url must be an https URL on the public internet, without credentials and fragment, of at most 2,000 characters.';
  return { code: 'URL_NOT_ALLOWED', message, field: ['url'] };
}

function isPermitted(url: string, rules: OutboundRules): boolean {
  // What the URL parser would repair is refused, so that everybody sees the address that is used.
  if (url.length > urlLengthMax || /[\s\\\0]/.test(url) || !isReachable(url, rules)) return false;
  const host = new URL(url).hostname.replace(/\.$/, '');
  return rules.privateAddresses || !(isLoopbackHost(host) || host.endsWith('.localhost'));
}

/** For the audit trail: a query may have a password of the receiver. */
export function auditedUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search ? '?…' : ''}`;
}
