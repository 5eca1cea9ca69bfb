import { createClient } from 'graphql-sse';
import { print } from 'graphql';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { signBearer } from '../../src/access/bearer-token';
import {
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  WatchEventsDocument,
  WatchExpiriesDocument,
  WatchGateDocument,
  WatchTicketDocument,
  WatchWalletDocument,
  ImportTicketsDocument,
  WhereItStandsDocument,
  type WatchEventsSubscription,
} from '../generated/operations';
import { manyReasons, openBulkLedger, type BulkLedger } from '../support/desk/bulk';
import { withEnoughTime } from '../support/patience';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { askForEvents, EventReader, readersOf } from '../support/desk/event-reader';
import { startReplica } from '../support/desk/replica';
import { wideLimits } from '../support/desk/service';
import { bounded, subscribersOf } from '../support/desk/socket';
import {
  act,
  advanceTo,
  agentNode,
  openStreamSite,
  type StreamSite,
} from '../support/desk/streams';

let at: StreamSite;
let bulk: BulkLedger;

beforeAll(async () => {
  at = await openStreamSite();
  bulk = openBulkLedger(at.site.source, at.here.databaseUrl);
});

afterAll(async () => {
  await bulk.close();
  await at.close();
});

const bearerOf = ({ bearer }: Person) => ({ bearer });

const nobody = (url: string) =>
  eventually(async () => {
    expect([await subscribersOf(url), await readersOf(url)]).toEqual([0, 0]);
  });

/** The journal from its present end, as that person receives it. */
async function hearEvents(person: Person, url: string) {
  const reader = await EventReader.open(url, WatchEventsDocument, bearerOf(person));
  await reader.begun();
  return reader;
}

describe('an event stream ends', () => {
  /**
   * A bearer token of the desk's admin that expires soon: up to a second earlier, because its times
   * are whole seconds.
   */
  const endingBearer = (desk: Desk, lifeMs: number) =>
    signBearer(
      { accountId: desk.accountId, agentId: desk.admin.id, email: 'person@desk.example' },
      { key: at.site.secrets.localIssuer, nowMs: Date.now() - 60_000 + lifeMs, lifetimeMs: 60_000 },
    );

  test('without `complete` when its bearer token expires, and a new one continues after it', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const { bearer, reader } = await withEnoughTime(async (lifeMs) => {
      const bearer = await endingBearer(desk, lifeMs);
      return { bearer, reader: await hearEvents({ id: desk.admin.id, bearer }, at.here.url) };
    });
    expect(await reader.rest()).toEqual([]);
    expect(reader.comments.at(-1)).toBe('The credential has expired.');
    await nobody(at.here.url);
    const { lastEventId } = reader;
    const refused = await askForEvents(at.here.url, '{ account { slug } }', {
      bearer,
      lastEventId,
    });
    expect(refused.status).toBe(401);
    await refused.text();
    await desk.add(1);
    const again = await EventReader.open(at.here.url, WatchEventsDocument, {
      ...bearerOf(desk.admin),
      lastEventId,
    });
    expect((await again.data()).dayPassEvents.balance).toBe(2);
    await again.leave();
  });

  test('without `complete` when its process drains, even if its reader reads nothing', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const draining = await startReplica(at.here.databaseUrl, wideLimits);
    try {
      const { url } = draining;
      const reader = await hearEvents(desk.admin, url);
      const stuck = await openUnread(url, desk, reader.lastEventId);
      await bulk.grant(desk.accountId, 300);
      for (let count = 0; count < 300; count += 1) await reader.next();
      const stopped = draining.stop();
      expect(await reader.rest()).toEqual([]);
      expect(reader.comments.at(-1)).toBe('The service is shutting down. Connect again.');
      await bounded(stopped, 'the end of the process');
      stuck.destroy();
      await desk.add(7);
      const again = await EventReader.open(at.there.url, WatchEventsDocument, {
        ...bearerOf(desk.admin),
        lastEventId: reader.lastEventId,
      });
      expect((await again.data()).dayPassEvents.delta).toBe(7);
      await again.leave();
    } finally {
      await draining.stop();
    }
  });

  test('and the stock client reconnects, to another process, with a new bearer token', () =>
    withEnoughTime(async (lifeMs) => {
      const desk = await at.site.openDesk({ passes: 1 });
      const draining = await startReplica(at.here.databaseUrl);
      const bearers = [await endingBearer(desk, lifeMs), desk.admin.bearer, desk.admin.bearer];
      const urls = [draining.url, draining.url, at.there.url];
      let visits = 0;
      const client = createClient({
        url: () => `${urls[visits]}/graphql/stream`,
        headers: () => ({ authorization: `Bearer ${bearers[visits++]}` }),
        retry: async () => {},
      });
      try {
        const wallet = client.iterate({ query: print(WatchWalletDocument) });
        for (let visit = 1; visit <= 3; visit += 1) {
          // The present balance, sent again at each connect.
          const told = await bounded(wallet.next(), `visit ${visit}`);
          expect(told.value).toMatchObject({ data: { dayPassWalletChanged: { balance: 1 } } });
          expect(visits).toBe(visit);
          if (visit === 2) await draining.stop();
        }
      } finally {
        client.dispose();
        await draining.stop();
      }
      await nobody(at.there.url);
    }));

  test('and the stock client, which sends the last id in a header of its own, misses nothing', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const draining = await startReplica(at.here.databaseUrl);
    let url = draining.url;
    let lastEventId = (await act(desk, WhereItStandsDocument, {})).account.journalCursor;
    const client = createClient({
      url: () => `${url}/graphql/stream`,
      headers: () => ({
        authorization: `Bearer ${desk.admin.bearer}`,
        'last-event-id': lastEventId,
      }),
      retry: async () => {},
    });
    const events = client.iterate<WatchEventsSubscription>({ query: print(WatchEventsDocument) });
    const next = async () => {
      const { value } = await bounded(events.next(), 'an event');
      const { sequence, cursor } = value!.data!.dayPassEvents;
      lastEventId = cursor;
      return sequence;
    };
    await desk.add(1);
    expect(await next()).toBe(2);
    url = at.there.url;
    await Promise.all([draining.stop(), desk.add(1), desk.add(1)]);
    expect([await next(), await next()]).toEqual([3, 4]);
    client.dispose();
    await nobody(at.there.url);
  });

  test('by one fault and `complete` when the right to it ends, on every process', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const people = await desk.addAgents(
      Array.from({ length: 3 }, () => ({ type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' }) as const),
    );
    const acts = [
      (agentId: string) => act(desk, DeactivateDocument, { input: { agentId } }),
      (agentId: string) => act(desk, ChangeAgentDocument, { input: { agentId, role: 'AGENT' } }),
      (agentId: string) => act(desk, ConvertDocument, { input: { agentId, type: 'OCCASIONAL' } }),
    ];
    const codes = ['FORBIDDEN', 'FORBIDDEN', 'DAY_PASS_REQUIRED'];
    for (const [index, person] of people.entries()) {
      const readers = await Promise.all(
        [at.here, at.there].map(({ url }) => hearEvents(person, url)),
      );
      await acts[index]!(agentNode(person));
      await desk.add(1);
      // `fault` fails if a message came before it.
      for (const reader of readers) expect(await reader.fault()).toBe(codes[index]);
    }
    await nobody(at.here.url);
    await nobody(at.there.url);
  });

  test('by one fault and `complete` with the pass that it needed', async () => {
    const desk = await at.site.openDesk({ passes: 2 });
    const [chief] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const { consumption } = await desk.enter(chief!);
    const reader = await hearEvents(chief!, at.there.url);
    await advanceTo(desk, consumption.expiresAt);
    expect(await reader.fault()).toBe('DAY_PASS_REQUIRED');
  });

  test('at once without the permission, or without a caller', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const faultOf = async (bearer?: string) =>
      (await EventReader.open(at.here.url, WatchEventsDocument, { bearer })).fault();
    expect(await faultOf(desk.agent.bearer)).toBe('FORBIDDEN');
    expect(await faultOf()).toBe('UNAUTHENTICATED');
  });
});

describe('nothing stays behind', () => {
  test('of readers who leave, whatever they received', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const ticket = {
      externalId: 'ext',
      subject: 'A printer',
      requesterName: 'R.',
      requesterEmail: 'r@desk.example',
    };
    const { upsertTickets } = await act(desk, ImportTicketsDocument, { tickets: [ticket] });
    const id = upsertTickets!.tickets![0]!.id;
    const open = (document: unknown, variables?: object) =>
      EventReader.open(at.here.url, document as never, {
        ...bearerOf(desk.admin),
        variables: variables as never,
      });
    const readers = await Promise.all([
      open(WatchWalletDocument),
      open(WatchGateDocument),
      open(WatchTicketDocument, { id }),
      open(WatchEventsDocument),
      open(WatchExpiriesDocument),
    ]);
    await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(5));
    expect(await readersOf(at.here.url)).toBe(5);
    for (const reader of readers) await reader.leave();
    await nobody(at.here.url);
  });

  test('of readers who leave while their stream opens', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const leave = async () => {
      const control = new AbortController();
      const asked = askForEvents(at.here.url, print(WatchEventsDocument), {
        ...bearerOf(desk.admin),
        signal: control.signal,
      });
      setImmediate(() => control.abort());
      await asked.then((response) => response.text()).catch(() => {});
    };
    for (let round = 0; round < 6; round += 1) await Promise.all([leave(), leave(), leave()]);
    await nobody(at.here.url);
  });

  test('of a reader who stops reading, while comments keep a silent stream open', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const { url, stop } = await startReplica(at.here.databaseUrl, {
      ...wideLimits,
      DAYPASS_HEARTBEAT_MS: '500',
      DAYPASS_STALLED_MS: '2000',
    });
    const silent = await EventReader.open(url, WatchExpiriesDocument, bearerOf(desk.admin));
    await silent.begun();
    const stuck = await openUnread(url, desk, silent.lastEventId);
    expect(await readersOf(url)).toBe(2);
    await bulk.grant(desk.accountId, 300);
    const beats = silent.comments.length;
    await silent.until(() => silent.comments.length >= beats + 2, 'two heartbeats');
    await eventually(async () => expect(await readersOf(url)).toBe(1));
    stuck.destroy();
    await silent.leave();
    await nobody(url);
    await stop();
  });
});

test('a reader who reconnects to any process with its last id misses nothing of a race, and gets nothing twice', async () => {
  const agents = 18;
  const desk = await at.site.openDesk({ agents, passes: agents });
  const urls = [at.here.url, at.there.url];
  const { account } = await act(desk, WhereItStandsDocument, {});
  const last = agents + 1;

  /** Leaves after every few events, at the worst moments, and comes back elsewhere. */
  const follow = async (reader: number) => {
    const heard: number[] = [];
    let lastEventId = account.journalCursor;
    for (let visit = reader; heard.at(-1) !== last; visit += 1) {
      const stream = await EventReader.open(urls[visit % 2]!, WatchEventsDocument, {
        ...bearerOf(desk.admin),
        lastEventId,
      });
      for (let count = 0; count <= (visit * 7) % 5 && heard.at(-1) !== last; count += 1) {
        const told = await stream.next();
        // A busy process says so and ends the stream: its reader comes again as well.
        if (told.result?.errors?.[0]?.extensions?.code === 'SERVICE_UNAVAILABLE') break;
        heard.push(told.result!.data!.dayPassEvents.sequence);
        lastEventId = told.lastEventId;
      }
      await stream.leave();
    }
    return heard;
  };

  const following = Promise.all(Array.from({ length: 4 }, (_, reader) => follow(reader)));
  // Six at a time, at either process.
  const waiting = [...desk.agents];
  const enter = async () => {
    for (let agent = waiting.pop(); agent; agent = waiting.pop()) {
      const token = await desk.tokenFor(agent);
      await desk.proceed(agent, token, waiting.length % 2 ? at.here : at.there);
    }
  };
  await Promise.all(Array.from({ length: 6 }, enter));
  const numbers = Array.from({ length: agents }, (_, index) => index + 2);
  for (const received of await following) expect(received).toEqual(numbers);
  await desk.expectBooksToClose();
  for (const url of urls) await nobody(url);
});

/** A stream of events so large that a few hundred fill all buffers between a process and its reader. */
const bulky = `subscription ($after: String) { dayPassEvents(after: $after) { sequence
  ... on DayPassesGranted { ${manyReasons(32)} } } }`;

/** A reader that reads nothing of what is sent. */
async function openUnread(url: string, desk: Desk, after: string) {
  const search = new URLSearchParams({ query: bulky, variables: JSON.stringify({ after }) });
  const { bearer } = desk.admin;
  const request = get(`${url}/graphql/stream?${search}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${bearer}` },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.pause();
  response.on('error', () => {});
  return response;
}
