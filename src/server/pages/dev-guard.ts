import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../core/config';
import { isLoopbackHost } from '../../core/public-address';
import { HttpRefusal } from '../doors/http-policy';

/** `name`, `1.2.3.4` or `[::1]`, with or without a port: everything that a browser sends as Host. */
const hostShape = /^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * Guards everything below `/dev`, which signs people in without a proof. A page of any site may use
 * a host name of its own that resolves to this machine (DNS rebinding), and then has the same
 * origin as the answer. The Host header still has that name, so only names of this machine and of
 * `PUBLIC_URL` are answered.
 */
export function guardDevPages(
  app: FastifyInstance,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): void {
  const publicHost = publicUrl ? new URL(publicUrl).host : null;
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.url?.startsWith('/dev/')) return;
    if (isOfAnotherSite(request)) {
      throw new HttpRefusal(403, 'FORBIDDEN', 'Pages of other origins may not call this address.');
    }
    const host = request.headers.host?.toLowerCase() ?? '';
    const [, name = ''] = hostShape.exec(host) ?? [];
    if (!isLoopbackHost(name) && (name === '' || host !== publicHost)) {
      const message = 'Open this page as localhost, or set PUBLIC_URL to the address that you use.';
      throw new HttpRefusal(403, 'FORBIDDEN', message);
    }
  });
}

/** Browsers state for each request which site it comes from. */
function isOfAnotherSite({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
