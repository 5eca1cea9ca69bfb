import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  WatchEventsDocument,
  WatchWalletDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { openSocket } from '../support/desk/doors';
import { eventually, type Desk } from '../support/desk/desk';
import { openSocketProxy } from '../support/faults/socket-proxy';
import { bounded, subscribersOf } from '../support/desk/socket';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

/* Clients that reconnect automatically repeat the variables that they began with. */

let at: StreamSite;
beforeAll(async () => {
  at = await openStreamSite();
});
afterAll(() => at.close());

const cursorOf = async (desk: Desk) =>
  (await act(desk, WhereItStandsDocument, {})).account.journalCursor;

interface Event {
  dayPassEvents: { sequence: number; cursor: string };
}

test.each(['without `after`', 'with the `after` of its beginning'])(
  'a stock client whose connection breaks loses no event and gets none twice, %s',
  async (how) => {
    const desk = await at.site.openDesk({ passes: 1 });
    const proxy = await openSocketProxy(at.here.url);
    const received: number[] = [];
    const place: { cursor?: string } = {};
    let up = () => {};
    const client = createClient({
      url: proxy.endpoint.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: () => ({
        authorization: `Bearer ${desk.admin.bearer}`,
        resume: place.cursor,
      }),
      retryWait: () => new Promise((resolve) => (up = resolve)),
    });
    const after = how.startsWith('with the') ? await cursorOf(desk) : undefined;
    let fault: unknown;
    const query = print(WatchEventsDocument);
    client.subscribe<Event>(
      { query, variables: { after } },
      {
        next({ data }) {
          received.push(data!.dayPassEvents.sequence);
          place.cursor = data!.dayPassEvents.cursor;
        },
        error: (thrown) => (fault = thrown),
        complete() {},
      },
    );
    const listens = () => eventually(async () => expect(await subscribersOf(at.here.url)).toBe(1));
    // The entry of the desk's first passes.
    let last = 1;
    const add = async () => {
      await desk.add(1);
      last += 1;
    };
    const receivesAll = () => eventually(async () => expect(received.at(-1)).toBe(last));
    await listens();
    // A stream without `after` begins where the journal ends when it is read, and a busy process reads
    // that after it counts the subscriber: only an event shows that the stream has begun.
    await eventually(async () => {
      await add();
      expect(received).not.toEqual([]);
    });
    await receivesAll();
    for (let round = 1; round <= 3; round += 1) {
      proxy.isDown = true;
      proxy.cut();
      await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(0));
      await add();
      proxy.isDown = false;
      await eventually(async () => {
        up();
        expect(await subscribersOf(at.here.url)).toBe(1);
      });
      await add();
      await receivesAll();
    }
    const [first = 0] = received;
    if (after !== undefined) expect(first).toBe(2);
    expect(received).toEqual(received.map((_, index) => first + index));
    expect(fault).toBeUndefined();
    await client.dispose();
    await proxy.close();
  },
);

/** Opens a socket that resumes at `resume`, and returns the first message of an operation. */
async function first(desk: Desk, resume: unknown, query: string, variables: object = {}) {
  const socket = await openSocket(at.here.url, null);
  const authorization = `Bearer ${desk.admin.bearer}`;
  socket.send({ type: 'connection_init', payload: { authorization, resume } });
  expect(await socket.next()).toEqual({ type: 'connection_ack' });
  socket.send({ id: '1', type: 'subscribe', payload: { query, variables } });
  const message = await bounded(socket.next(), 'a message');
  await socket.close();
  return message;
}

test('a stream continues after the newer of `after` and `resume`', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const older = await cursorOf(desk);
  await desk.add(1);
  const newer = await cursorOf(desk);
  await desk.add(1);
  const query = 'subscription ($after: String) { dayPassEvents(after: $after) { balance } }';
  const balanceOf = async (resume: unknown, after: string | null) => {
    const { payload } = await first(desk, resume, query, { after });
    return (payload as { data: { dayPassEvents: { balance: number } } }).data.dayPassEvents.balance;
  };
  expect(await balanceOf(older, null)).toBe(2);
  expect(await balanceOf(newer, older)).toBe(3);
  expect(await balanceOf(older, newer)).toBe(3);
  for (const none of [undefined, null, '']) expect(await balanceOf(none, older)).toBe(2);
});

test('a place that is not of the account is refused for each event stream, and for no other operation', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const foreign = await cursorOf(await at.site.openDesk({ passes: 1 }));
  for (const resume of [foreign, 'nonsense', 5, { cursor: foreign }]) {
    for (const document of [WatchEventsDocument, WatchWalletDocument]) {
      expect(
        await first(desk, resume, print(document), { after: await cursorOf(desk) }),
      ).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    const other = await first(desk, resume, '{ account { slug } }');
    expect(other).toMatchObject({
      type: 'next',
      payload: { data: { account: { slug: desk.slug } } },
    });
  }
});
