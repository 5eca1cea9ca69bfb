import { WebSocket } from 'ws';
import { WatchWalletDocument, TheAccountDocument } from '../../generated/operations';
import { requireFresh } from '../built';
import type { Desk } from '../desk/desk';
import { askForEvents, EventReader } from '../desk/event-reader';
import { connectSocket } from '../desk/socket';

/** How a browser reaches the service through a proxy. */
export interface Reached {
  /** Where the proxy answers. */
  url: string;
  /** What the address bar shows; left out: `url`. */
  seenAs?: string;
}

const originOf = ({ url, seenAs = url }: Reached) => new URL(seenAs).origin;
const basePathOf = ({ url, seenAs = url }: Reached) =>
  `${new URL(seenAs).pathname}/`.replace('//', '/');

/** What has to work through every proxy, each with the Origin that a browser sends. */
export const promises: Record<string, (desk: Desk, reached: Reached) => Promise<void>> = {
  'the pages, with all that they name': async (_desk, reached) => {
    requireFresh('gate', 'pages');
    for (const path of ['/', '/sign-in', '/admin/agents']) {
      const html = await textOf(`${reached.url}${path}`);
      expect(/<base href="([^"]*)"/.exec(html)?.[1]).toBe(basePathOf(reached));
      await expectNamedFiles(html, reached);
    }
    await textOf(`${reached.url}/embed/day-pass-gate.js`);
  },

  'the explorer, with all that it names': async (_desk, reached) =>
    expectNamedFiles(await textOf(`${reached.url}/graphiql`), reached),

  'GraphQL over HTTP': async (desk, reached) => {
    const origin = originOf(reached);
    const { status, text } = await ask(reached.url, desk.admin.bearer, { origin });
    expect({ status, text }).toMatchObject({
      status: 200,
      text: expect.stringContaining(desk.slug),
    });
  },

  'a bearer of 8,192 characters': async (_desk, reached) => {
    const origin = originOf(reached);
    const { status, text } = await ask(reached.url, 'x'.repeat(8_192), { origin });
    expect(status).toBe(401);
    expect(JSON.parse(text).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  },

  'a live change over a WebSocket': async (desk, reached) => {
    const origin = originOf(reached);
    const socket = connectSocket(reached.url, desk.admin.bearer, { origin });
    const wallet = socket.subscribe(WatchWalletDocument);
    await wallet.next();
    await desk.add(1);
    expect((await wallet.next()).dayPassWalletChanged.delta).toBe(1);
    await socket.close();
  },

  'a live change as a server-sent event': async (desk, reached) => {
    const reader = await EventReader.open(reached.url, WatchWalletDocument, {
      bearer: desk.admin.bearer,
      headers: { origin: originOf(reached) },
    });
    await reader.data();
    await desk.add(1);
    expect((await reader.data()).dayPassWalletChanged.delta).toBe(1);
    await reader.leave();
  },

  'no page of another origin': async (desk, reached) => {
    const origin = 'https://elsewhere.example';
    const { bearer } = desk.admin;
    expect(await ask(reached.url, bearer, { origin })).toMatchObject({ status: 403 });
    const stream = await askForEvents(reached.url, TheAccountDocument as never, {
      bearer,
      headers: { origin },
    });
    expect(stream.status).toBe(403);
    expect(await handshakeStatus(`${reached.url}/graphql`, origin)).toBe(403);
  },
};

async function textOf(address: string): Promise<string> {
  const response = await fetch(address);
  const text = await response.text();
  expect({ address, status: response.status }).toEqual({ address, status: 200 });
  return text;
}

/** Loads the files that a page names, from where a browser would. */
async function expectNamedFiles(html: string, reached: Reached): Promise<void> {
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, name]) => name!);
  expect(named).not.toEqual([]);
  for (const name of named) {
    const { pathname } = new URL(name, `http://browser${basePathOf(reached)}`);
    expect(pathname).toMatch(new RegExp(`^${basePathOf(reached)}`));
    await textOf(`${reached.url}/${pathname.slice(basePathOf(reached).length)}`);
  }
}

async function ask(url: string, bearer: string, headers: Record<string, string>) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}`, ...headers },
    body: JSON.stringify({ query: '{ account { slug } }' }),
  });
  return { status: response.status, text: await response.text() };
}

/** The status with which a WebSocket's handshake is refused. */
export function handshakeStatus(address: string, origin?: string): Promise<number | undefined> {
  const socket = new WebSocket(address.replace('http', 'ws'), 'graphql-transport-ws', { origin });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      resolve(statusCode);
    });
    socket.once('open', () =>
      reject(new Error(`A page of ${origin ?? 'no origin'} was accepted.`)),
    );
    socket.once('error', reject);
  });
}
