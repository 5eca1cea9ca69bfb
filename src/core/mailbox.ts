import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321, section 4.5.3.1; an address as a whole is a path of 256 without its angle brackets. */
const lengthMax = { address: 254, localPart: 64, domain: 253, label: 63 };

/** RFC 5322's dot-atom: what needs no quotes, and means the same to every mail program. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const asciiLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Letters, marks and digits of any language, and nothing invisible. */
const unicodeLabel = /^(?!-)[\p{L}\p{M}\p{N}-]+(?<!-)$/u;
/** A last label that resolvers read as a part of an IP address. */
const numericLabel = /^(?:\d+|0x[\da-f]*)$/;

/**
 * The one form in which an e-mail address is stored and compared: in lower case, an international
 * domain as punycode (`kunde@müller.example` is `kunde@xn--mller-kva.example`). Null for a text that is
 * not exactly one mailbox: mail programs read more than an address out of `,`, `;`, `<`, `"` and `(`.
 * Packages that validate addresses accept quoted local parts or comments, or bring lists of top-level
 * domains. International local parts are refused: they need SMTPUTF8 at every server on the way.
 */
export function canonicalAddress(text: string): string | null {
  if (text.length > lengthMax.address) return null;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || at > lengthMax.localPart || !localPart.test(local)) return null;
  const domain = canonicalDomain(text.slice(at + 1));
  if (domain === null) return null;
  const address = `${local.toLowerCase()}@${domain}`;
  return address.length <= lengthMax.address ? address : null;
}

/**
 * The form to look an address up by. Agents keep an address from before this rule, so a text that is
 * not one mailbox is looked up as it was stored then.
 */
export function addressToFind(text: string): string {
  return canonicalAddress(text) ?? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A person's name and address, from `Name <address>` or the address alone; null if it is neither. */
export function readMailbox(text: string): { name: string; address: string } | null {
  const [, name = '', inBrackets] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(text) ?? [];
  const address = canonicalAddress(inBrackets ?? text.trim());
  return address === null ? null : { name: name.replace(/^"(.*)"$/s, '$1'), address };
}

/**
 * `domainToASCII` parses everything that a URL accepts as a host, so it receives only labels of a
 * domain.
 */
function canonicalDomain(text: string): string | null {
  const labels = text.split('.');
  if (!labels.every((label) => unicodeLabel.test(label))) return null;
  // The Kelvin sign and full-width letters only look like an ASCII domain.
  if ([...text].some((sign) => !isAscii(sign) && isAscii(sign.normalize('NFKC')))) return null;
  const domain = needsIdna.test(text) ? domainToASCII(text) : text.toLowerCase();
  if (domain.length < 1 || domain.length > lengthMax.domain) return null;
  if (punycode.test(domain) && !isReadable(domain)) return null;
  const asciiLabels = domain.split('.');
  const isDomain = asciiLabels.every(
    (label) => label.length <= lengthMax.label && asciiLabel.test(label),
  );
  return isDomain && !numericLabel.test(asciiLabels.at(-1)!) ? domain : null;
}

/**
 * Whether every label of punycode can be read, and is written in its only form. Node 24 lets other labels
 * pass, and Node 20 does not.
 */
function isReadable(domain: string): boolean {
  const read = domainToUnicode(domain);
  return !punycode.test(read) && domainToASCII(read) === domain;
}

const punycode = /(?:^|\.)xn--/;
const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);
/** Not ASCII, or punycode, which may be malformed. */
const needsIdna = /[^\0-\x7f]|(?:^|\.)xn--/i;
