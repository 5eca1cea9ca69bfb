import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../core/config';

/**
 * Whether what a page asks may be asked from its origin: its own, or one that the operator named. Who
 * sends no Origin is no page of a browser, and needs a bearer like anybody.
 */
export function isAllowedOrigin(
  { origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  origins: Config['origins'],
): boolean {
  if (!origin || origins === '*') return true;
  return origins.includes(origin) || hostOf(origin) === host;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
