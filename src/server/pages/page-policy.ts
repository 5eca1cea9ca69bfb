import type { FastifyReply } from 'fastify';

/** The headers of each of our pages. */
export function guardPage(
  reply: FastifyReply,
  options: {
    /** With it, styles that have this nonce are allowed as well. */
    nonce?: string;
    /** Other origins that the page's script may call. */
    connectTo?: readonly string[];
  } = {},
): FastifyReply {
  return reply
    .header('content-security-policy', policyOf(options))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer');
}

/**
 * Scripts are our own files; styles are our own files or have the nonce; no page may frame ours.
 */
function policyOf({ nonce, connectTo = [] }: NonNullable<Parameters<typeof guardPage>[1]>): string {
  const styles = nonce === undefined ? [] : [`'nonce-${nonce}'`];
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `base-uri 'self'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
