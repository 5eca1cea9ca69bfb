import { refuseNames, refuseTexts } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import type { SignatureAlgorithm } from '../access/identity-provider';
import { isReachable, type OutboundRules } from '../core/outbound';
import { isStorable } from '../core/texts';

/** The settings of an identity provider that an admin chooses. */
export interface ProviderSettings {
  issuer: string;
  name: string;
  clientId: string | null;
  audiences: string[];
  scopes: string[];
  algorithms: SignatureAlgorithm[];
  emailClaim: string;
  trustsEmail: boolean;
  admitsContacts: boolean;
  enabled: boolean;
}

/** The optional settings of a provider, with their defaults. */
export type GivenProvider = Pick<ProviderSettings, 'issuer'> & {
  [Name in keyof Omit<ProviderSettings, 'issuer'>]?: ProviderSettings[Name] | null;
};

/** The settings of an input: missing ones have the values of most providers. */
export function settingsOf(given: GivenProvider): ProviderSettings {
  const { issuer, clientId = null } = given;
  return {
    issuer,
    name: given.name ?? hostOf(issuer),
    clientId,
    audiences: given.audiences ?? (clientId === null ? [] : [clientId]),
    scopes: given.scopes ?? ['openid', 'profile', 'email'],
    // The algorithm that every provider uses by default.
    algorithms: given.algorithms ?? ['RS256'],
    emailClaim: given.emailClaim ?? 'email',
    trustsEmail: given.trustsEmail ?? false,
    admitsContacts: given.admitsContacts ?? false,
    enabled: given.enabled ?? true,
  };
}

const issuerLengthMax = 500;

/** The issuer itself if it has no host, or is too long: the work to parse a host grows with its square. */
function hostOf(issuer: string): string {
  const isUrl = issuer.length <= issuerLengthMax && URL.canParse(issuer);
  return isUrl ? new URL(issuer).host : issuer;
}

/** The characters of a scope (RFC 6749). */
const scopeShape = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/;

/** A refusal for the first setting that is not allowed; null if all are. */
export function refuseSettings(settings: ProviderSettings, rules: OutboundRules): UserError | null {
  const { issuer, name, clientId, audiences, scopes, algorithms, emailClaim } = settings;
  if (issuer.length > issuerLengthMax || !isReachable(issuer, rules) || /[?#]/.test(issuer)) {
    return refused(
      'issuer',
      'issuer must be an https URL on the public internet, without query or fragment.',
    );
  }
  const spelling = normalIssuer(issuer);
  if (issuer !== spelling) return refused('issuer', `issuer must be written as ${spelling}.`);
  const invalid =
    refuseNames({ name: [name, 100] }) ??
    refuseTexts({ clientId: [clientId, 200], emailClaim: [emailClaim, 100] });
  if (invalid) return invalid;
  const isAudience = (text: string) => text !== '' && text.length <= 200 && isStorable(text);
  if (!isCounted(audiences, 10) || !audiences.every(isAudience)) {
    return refused('audiences', 'audiences must have 1 to 10 items of 1 to 200 characters each.');
  }
  if (!isCounted(scopes, 20) || !scopes.every((scope) => scopeShape.test(scope))) {
    return refused('scopes', 'scopes must have 1 to 20 OAuth scopes.');
  }
  if (algorithms.length === 0)
    return refused('algorithms', 'algorithms must have at least one item.');
  return null;
}

/**
 * Whether two issuers are one URL except for the slash at the end. A provider's tokens have one of
 * them, so the other would never accept a sign-in.
 */
export function isSameIssuer(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}

/**
 * The one accepted spelling of an issuer, because tokens and discovery documents are compared with
 * it byte by byte: scheme and host in lower case, no default port, no dots to resolve. A slash at
 * the end stays as it is, because providers differ in it.
 */
function normalIssuer(issuer: string): string {
  const url = new URL(issuer);
  // A host with a dot at its end is the same host.
  url.hostname = url.hostname.replace(/\.$/, '');
  return issuer.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
}

function isCounted(texts: readonly string[], most: number): boolean {
  return texts.length >= 1 && texts.length <= most;
}

function refused(name: string, message: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: [name] };
}
