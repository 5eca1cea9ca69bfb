/** What people type or paste into the fields of the sign-in. */

/** The short name of a service desk as the service knows it; null if none can have this name. */
export function readDeskName(typed: string): string | null {
  const name = typed.trim().toLowerCase();
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= namesMax ? name : null;
}

/** As `accounts_slug_check` of the database. */
const namesMax = 63;

/**
 * A bearer token without what a terminal, a mail or a header puts around and into it; null if it cannot be
 * sent, such as one that was shortened with an ellipsis.
 */
export function readBearer(pasted: string): string | null {
  const token = pasted
    .replace(/^[\s"'“”]*(?:authorization\s*:\s*)?(?:bearer\s+)?/i, '')
    .replace(/[\s"'“”]/g, '');
  return /^[\x21-\x7E]+$/.test(token) ? token : null;
}
