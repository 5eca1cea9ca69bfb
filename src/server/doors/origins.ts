import type { IncomingMessage } from 'node:http';
import type { Config } from '../../core/config';
import type { Callers } from './callers';

/** The text for a request from a page of a refused origin, in the log, the answer and the page. */
export const originRefusal =
  'Pages of this origin may not use the service. The operator can allow the origin in ' +
  'DAYPASS_ORIGINS; if it is the address of the service itself, in PUBLIC_URL.';

/**
 * Decides which pages may use the API: our own, and those of the origins that the operator named.
 */
export class Origins {
  private readonly publicOrigin: string | null;

  constructor(
    private readonly config: Pick<Config, 'origins' | 'publicUrl'>,
    private readonly callers: Pick<Callers, 'addressUsed'>,
  ) {
    this.publicOrigin = config.publicUrl ? new URL(config.publicUrl).origin : null;
  }

  /**
   * Whether the page that sends the request may use the API. A client without an Origin is not a
   * page in a browser and needs a bearer token like any other client.
   */
  allows(request: IncomingMessage): boolean {
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    const { origins } = this.config;
    if (!origin || origins === '*') return true;
    return (
      origins.includes(origin) ||
      origin === this.publicOrigin ||
      hostOf(origin) === host ||
      // Browsers set this header, and no page can change it: it works even behind a proxy that
      // changes Host.
      site === 'same-origin' ||
      origin === this.callers.addressUsed(request)?.origin
    );
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
