import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { startReplica } from '../support/desk/replica';
import {
  openReverseProxy,
  type ProxyOptions,
  type ReverseProxy,
} from '../support/browser/reverse-proxy';
import type { TestService } from '../support/desk/service';
import { promises } from '../support/browser/through-proxy';

let site: TestSite;
let desk: Desk;
/** One knows its address by PUBLIC_URL, the other believes what its proxy reports. */
let services: Record<'named' | 'trusting', TestService>;

beforeAll(async () => {
  site = await openTestSite({ PUBLIC_URL: 'https://desk.example/daypass' });
  const trusting = await startReplica(site.service.databaseUrl, {
    DAYPASS_TRUSTED_PROXIES: '127.0.0.1',
  });
  services = { named: site.service, trusting };
  desk = await site.openDesk();
});

afterAll(async () => {
  await services.trusting.stop();
  await site.close();
});

interface Setup extends ProxyOptions {
  before: keyof typeof services;
  /** What the browser's address bar shows. */
  seenAs: string;
}

const setups: Record<string, Setup> = {
  'one that rewrites Host and reports nothing, before a service with PUBLIC_URL': {
    before: 'named',
    seenAs: 'https://desk.example/daypass',
    prefix: '/daypass',
    changeOrigin: true,
  },
  'one that rewrites Host and reports the address': {
    before: 'trusting',
    seenAs: 'http://alias.example:8080',
    changeOrigin: true,
    headers: { 'x-forwarded-host': 'alias.example:8080', 'x-forwarded-proto': 'http' },
  },
  'one that loses the port in Host': {
    before: 'trusting',
    seenAs: 'http://alias.example:8080',
    headers: { host: 'alias.example', 'x-forwarded-host': 'alias.example:8080' },
  },
  'one that ends TLS and keeps Host': {
    before: 'trusting',
    seenAs: 'https://alias.example',
    headers: { host: 'alias.example', 'x-forwarded-proto': 'https' },
  },
  'one that ends TLS, and reports a socket by its own scheme': {
    before: 'trusting',
    seenAs: 'https://alias.example',
    changeOrigin: true,
    headers: { 'x-forwarded-host': 'alias.example', 'x-forwarded-proto': 'wss' },
  },
  'one below a path, behind another': {
    before: 'trusting',
    seenAs: 'https://alias.example/apps/daypass',
    prefix: '/apps/daypass',
    changeOrigin: true,
    headers: {
      'x-forwarded-host': 'alias.example, inside',
      'x-forwarded-proto': 'https, http',
      'x-forwarded-prefix': '/apps/daypass',
    },
  },
};

describe.each(Object.entries(setups))('a proxy: %s', (_name, { before, seenAs, ...options }) => {
  let proxy: ReverseProxy;
  beforeAll(async () => (proxy = await openReverseProxy(services[before].url, options)));
  afterAll(() => proxy.close());

  test.each(Object.keys(promises))('lets through: %s', (promise) =>
    promises[promise]!(desk, { url: proxy.url, seenAs }),
  );
});
