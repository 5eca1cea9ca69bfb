import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A partner's portal: a page on an origin of its own, with the gate embedded. */
export interface PartnerPortal {
  url: string;
  /** Whose bearer the page gets when the gate asks for one; null: nobody is signed in. */
  bearer: () => Promise<string | null>;
  /** How often one was asked for. */
  bearersAsked: number;
  /** Where the page sends the gate; null: to the service that the gate came from. */
  endpoint: string | null;
  close(): Promise<void>;
}

/** Records the gate's events, and gives it credentials. */
const pageScript = `
const gate = document.querySelector('day-pass-gate');
window.told = [];
for (const name of ['day-pass-granted', 'day-pass-expired', 'day-pass-denied']) {
  document.addEventListener(name, ({ detail }) => window.told.push({ name, ...detail }));
}
gate.credentials = async () => (await fetch('/bearer', { method: 'POST' })).text();
`;

export async function openPartnerPortal(serviceUrl: string): Promise<PartnerPortal> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://portal');
    if (pathname === '/bearer') {
      portal.bearersAsked += 1;
      void portal.bearer().then((bearer) => response.end(bearer ?? ''));
    } else if (pathname === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(pageScript);
    } else {
      const endpoint = portal.endpoint ?? `${serviceUrl}/graphql`;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', strictPolicy(serviceUrl, endpoint));
      response.end(pageWith(searchParams));
    }
  });
  /** As strict as a page can be: it names only the two origins of the service. */
  const strictPolicy = (service: string, endpoint: string) =>
    [
      `default-src 'none'`,
      `script-src 'self' ${service}`,
      `connect-src 'self' ${new URL(endpoint).origin.replace('http', 'ws')}`,
      `style-src 'self'`,
      `img-src data:`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `require-trusted-types-for 'script'`,
      `trusted-types lit-html`,
    ].join('; ');
  const pageWith = (asked: URLSearchParams) => {
    const given = new Map([...asked].filter(([name]) => name !== 'dir' && name !== 'lang'));
    if (portal.endpoint) given.set('endpoint', portal.endpoint);
    const attributes = [...given].map(([name, value]) => `${name}="${value}"`).join(' ');
    return `<!doctype html>
<html lang="${asked.get('lang') ?? 'en'}" dir="${asked.get('dir') ?? 'ltr'}">
<head><meta charset="utf-8"><title>A portal</title><link rel="icon" href="data:,">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="${serviceUrl}/embed/day-pass-gate.js"></script>
<script type="module" src="/page.js"></script></head>
<body><main><h1>The portal</h1>
<day-pass-gate ${attributes}><p>What is behind the gate. <button>Reply</button></p></day-pass-gate>
</main></body></html>`;
  };

  const portal: PartnerPortal = {
    url: '',
    bearer: async () => null,
    bearersAsked: 0,
    endpoint: null,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Another host than the service's, not only another port.
  portal.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return portal;
}
