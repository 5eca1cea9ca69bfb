import { parse } from 'graphql';
import { newId } from '../../src/core/ids';
import {
  DeactivateDocument,
  GrantPassesDocument,
  WatchEventsDocument,
  WatchGateDocument,
  WatchTicketDocument,
  WatchWalletDocument,
  ImportTicketsDocument,
  TouchTicketDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { onTestServer } from '../support/desk/database';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { startReplica } from '../support/desk/replica';
import type { TestService } from '../support/desk/service';
import { connectSocket, type SocketClient } from '../support/desk/socket';
import { act, agentNode } from '../support/desk/streams';
import { openTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy';

let site: TestSite;
let proxy: TcpProxy;
/** A process that reaches the database by the proxy. */
let far: TestService;
const sockets: SocketClient[] = [];

beforeAll(async () => {
  site = await openTestSite();
  proxy = await openTcpProxy(site.service.databaseUrl);
  far = await startReplica(proxy.url);
});

afterEach(async () => {
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
});

afterAll(async () => {
  await far.stop();
  await proxy.close();
  await site.close();
});

function connect(person: { bearer: string }): SocketClient {
  const socket = connectSocket(far.url, person.bearer);
  sockets.push(socket);
  return socket;
}

/** Whether the far process receives hints of other processes, from its metrics. */
async function isListening(): Promise<boolean> {
  const text = await (await fetch(`${far.url}/metrics`)).text();
  return /^daypass_hint_listener_up 1$/m.test(text);
}

const becomes = (state: boolean) => eventually(async () => expect(await isListening()).toBe(state));

async function grantAt(service: TestService, desk: Desk): Promise<void> {
  const input = { quantity: 1, reason: 'For a test', idempotencyKey: newId() };
  await act(desk, GrantPassesDocument, { input }, { service });
}

/**
 * From its next ping on the far process's listener receives nothing: its connection stays open and
 * is silent, and so is every new one. Resolves when that ping has been sent.
 */
function silenceListener(): Promise<void> {
  return new Promise((resolve) => {
    proxy.fateOf = (bytes) => {
      if (!bytes.includes('daypass listener') && !bytes.includes('select 1\0')) return 'pass';
      resolve();
      return 'silence';
    };
  });
}

async function addTicket(desk: Desk): Promise<string> {
  const ticket = {
    externalId: 'ext',
    subject: 'A printer',
    requesterName: 'R.',
    requesterEmail: 'r@desk.example',
  };
  const { upsertTickets } = await act(desk, ImportTicketsDocument, { tickets: [ticket] });
  return upsertTickets!.tickets![0]!.id;
}

/** Ends connections of the far process, as the database's administrator does. */
async function killConnections(name: string): Promise<void> {
  await onTestServer(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = '${name}' and datname = '${new URL(proxy.url).pathname.slice(1)}'`,
  );
}

/** Entries are added, `during` happens in between, and the reader receives each once, in order. */
async function expectNothingLost(desk: Desk, during: () => unknown): Promise<void> {
  const { account } = await act(desk, WhereItStandsDocument, {});
  const socket = connect(desk.admin);
  const events = socket.subscribe(WatchEventsDocument, { after: account.journalCursor });
  const wallet = socket.subscribe(WatchWalletDocument);
  await wallet.next();
  await desk.add(1);
  await events.next();
  for (let count = 0; count < 10; count += 1) await desk.add(1);
  await during();
  for (let count = 0; count < 10; count += 1) await desk.add(1);

  const numbers = (await events.take(20)).map(({ dayPassEvents }) => dayPassEvents.sequence);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  const changes = (await wallet.take(21)).map(({ dayPassWalletChanged }) => dayPassWalletChanged);
  expect(changes.map(({ balance }) => balance)).toEqual(
    Array.from({ length: 21 }, (_, index) => index + 1),
  );
}

test('a subscriber loses nothing if the database ends the listening connection', async () => {
  const desk = await site.openDesk();
  await becomes(true);
  await expectNothingLost(desk, () => killConnections('daypass listener'));
  await becomes(true);
  await desk.expectBooksToClose();
});

test('a subscriber loses nothing, and the process continues, if the database ends every connection', async () => {
  const desk = await site.openDesk();
  await becomes(true);
  const { account } = await act(desk, WhereItStandsDocument, {});
  let after = account.journalCursor;
  const heard: number[] = [];
  const writing = (async () => {
    for (let round = 0; round < 4; round += 1) {
      for (let count = 0; count < 5; count += 1) {
        const idempotencyKey = `${round} ${count}`;
        await eventually(() => desk.add(1, { idempotencyKey }));
      }
      await killConnections('daypass');
    }
  })();
  // A stream whose read was cut off may end with a fault; its reader comes back with its cursor.
  while (heard.length < 20) {
    const stream = connect(desk.admin).subscribe(WatchEventsDocument, { after });
    try {
      while (heard.length < 20) {
        const { dayPassEvents } = await stream.next();
        heard.push(dayPassEvents.sequence);
        after = dayPassEvents.cursor;
      }
    } catch (error) {
      expect(String(error)).toContain('SERVICE_UNAVAILABLE');
    }
  }
  await writing;
  expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('a read of the journal that is interrupted is repeated, without another effect', async () => {
  const desk = await site.openDesk();
  let left = 3;
  await expectNothingLost(desk, () => {
    proxy.fateOf = (bytes) => {
      if (left === 0 || !bytes.includes('as state_revision')) return 'pass';
      left -= 1;
      return 'lose';
    };
  });
  expect(left).toBe(0);
});

test('what a process writes itself reaches its streams without a read of the journal, in order with what others write', async () => {
  const desk = await site.openDesk();
  const wallet = connect(desk.admin).subscribe(WatchWalletDocument);
  await wallet.next();
  const balance = async () => (await wallet.next()).dayPassWalletChanged.balance;
  let reads = 0;
  proxy.fateOf = (bytes) => {
    if (bytes.includes('as state_revision')) reads += 1;
    return 'pass';
  };
  for (const expected of [1, 2, 3]) {
    await grantAt(far, desk);
    expect(await balance()).toBe(expected);
  }
  expect(reads).toBe(0);
  await grantAt(site.service, desk);
  expect(await balance()).toBe(4);
  expect(reads).toBeGreaterThan(0);
  const both = [far, site.service, far, far, site.service, site.service, far];
  for (const service of both) await grantAt(service, desk);
  const changes = await wallet.take(both.length);
  expect(changes.map(({ dayPassWalletChanged: change }) => change.sequence)).toEqual([
    5, 6, 7, 8, 9, 10, 11,
  ]);
  proxy.fateOf = () => 'pass';
});

test('a subscriber loses nothing if the listening connection goes silent, and the process listens again', async () => {
  const desk = await site.openDesk();
  await becomes(true);
  await expectNothingLost(desk, () => silenceListener());
  await becomes(false);
  proxy.fateOf = () => 'pass';
  await becomes(true);
  await expectNothingLost(await site.openDesk(), () => {});
});

describe('if no hint of another process arrives', () => {
  beforeAll(async () => {
    await silenceListener();
    await becomes(false);
  });

  test('the slow poll finds everything: entries, gates, tickets', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const id = await addTicket(desk);
    const socket = connect(desk.admin);
    const events = socket.subscribe(WatchEventsDocument, {
      after: (await act(desk, WhereItStandsDocument, {})).account.journalCursor,
    });
    const tickets = socket.subscribe(WatchTicketDocument, { id });
    const gate = connect(desk.agent).subscribe(WatchGateDocument);
    expect((await tickets.next()).ticketChanged.status).toBe('OPEN');
    expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');

    // At once, so that it is over before the far process has polled for the first time.
    await act(desk, TouchTicketDocument, { input: { ticketId: id, status: 'CLOSED' } });
    await desk.enter(desk.agent);
    expect((await tickets.next()).ticketChanged.status).toBe('CLOSED');
    expect((await events.next()).dayPassEvents.__typename).toBe('DayPassConsumed');
    expect((await gate.next()).portalAccessChanged.__typename).toBe('PortalAccessGranted');
    await act(desk, DeactivateDocument, { input: { agentId: agentNode(desk.agent) } });
    expect((await gate.next()).portalAccessChanged).toMatchObject({ reason: 'AGENT_NOT_ACTIVE' });
  });

  test('an agent who has just used a pass at another process may open a stream here', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const id = await addTicket(desk);
    const deaf = proxy.fateOf;
    // No poll either: the far process learns of changes elsewhere only by its own queries.
    proxy.fateOf = (bytes) => (bytes.includes('join state_revisions') ? 'lose' : deaf(bytes));
    const socket = connect(desk.agent);
    // Keeps the account watched, and with it what was read of the agent for the stream after it.
    const gate = socket.subscribe(WatchGateDocument);
    expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
    expect(await socket.subscribe(WatchTicketDocument, { id }).fault()).toBe('DAY_PASS_REQUIRED');
    await desk.enter(desk.agent);
    const ticket = await socket.subscribe(WatchTicketDocument, { id }).next();
    expect(ticket.ticketChanged.status).toBe('OPEN');
    proxy.fateOf = deaf;
  });

  test('permissions that were removed at another process are gone before the next entry is sent', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [second] = await desk.addAgents([{ type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' }]);
    const { account } = await act(desk, WhereItStandsDocument, {});
    const after = account.journalCursor;
    const events = connect(second!).subscribe(WatchEventsDocument, { after });
    // Equal subscriptions, which are answered together.
    const document = parse('subscription { dayPassWalletChanged { balance } }');
    const [wallet, other] = [second!, desk.admin].map((person) =>
      connect(person).subscribe(document as typeof WatchWalletDocument),
    );
    for (const stream of [wallet!, other!]) await stream.next();
    await grantAt(far, desk);
    for (const stream of [events, wallet!, other!]) await stream.next();
    await act(desk, DeactivateDocument, { input: { agentId: agentNode(second!) } });
    // The far process writes this entry itself, so it knows of it at once.
    await grantAt(far, desk);
    expect(await events.fault()).toBe('FORBIDDEN');
    expect(await wallet!.fault()).toBe('FORBIDDEN');
    expect((await other!.next()).dayPassWalletChanged.balance).toBe(3);
  });
});
