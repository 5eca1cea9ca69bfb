import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse, print } from 'graphql';
import { signBearer } from '../../src/access/bearer-token';
import {
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  WatchEventsDocument,
  WatchWalletDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { manyReasons, openBulkLedger } from '../support/desk/bulk';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { openRawSocket, subscribeTo } from '../support/desk/raw-socket';
import { bounded, subscribersOf, type Received } from '../support/desk/socket';
import { act, agentNode, openStreamSite, type StreamSite } from '../support/desk/streams';
import { withEnoughTime } from '../support/patience';

/*
 * Equal subscriptions of one account are answered together. Each test gives one of them a fate of its
 * own, and the others must receive every change once and in order.
 */

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

const wallet = print(WatchWalletDocument);

interface Group {
  desk: Desk;
  /** Who has the fate of the test. */
  one: Person;
  others: Received<{ dayPassWalletChanged: { balance: number; cursor: string } }>[];
  /** Adds a pass, and expects that all others receive it. Returns the new balance. */
  add(): Promise<number>;
}

/** Three who subscribe to the wallet, and a fourth person who may. */
async function openGroup(): Promise<Group> {
  const desk = await at.site.openDesk({ passes: 1 });
  const [one, second, third] = await desk.addAgents([
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    { type: 'FULL_TIME' },
    {},
  ]);
  const others = [desk.admin, second!, third!].map((person) =>
    at.connect(person).subscribe(WatchWalletDocument),
  );
  for (const other of others) await other.next();
  const add = async () => {
    const balance = await desk.add(1);
    for (const other of others) expect(await balanceOf(other)).toBe(balance);
    return balance;
  };
  return { desk, one: one!, others, add };
}

async function balanceOf(stream: Group['others'][number]): Promise<number> {
  return (await stream.next()).dayPassWalletChanged.balance;
}

const fates: [what: string, meets: (group: Group) => Promise<void>][] = [
  [
    'is deactivated: its stream ends before the next change',
    async ({ desk, one, add }) => {
      const stream = at.connect(one).subscribe(WatchWalletDocument);
      expect(await balanceOf(stream)).toBe(1);
      expect([await add(), await balanceOf(stream)]).toEqual([2, 2]);
      await act(desk, DeactivateDocument, { input: { agentId: agentNode(one) } });
      await add();
      expect(await stream.fault()).toBe('FORBIDDEN');
    },
  ],
  [
    'is deactivated by another process: its stream ends before the next change',
    async ({ desk, one, add }) => {
      const stream = at.connect(one).subscribe(WatchWalletDocument);
      expect(await balanceOf(stream)).toBe(1);
      const input = { agentId: agentNode(one) };
      await act(desk, DeactivateDocument, { input }, { service: at.there });
      await add();
      expect(await stream.fault()).toBe('FORBIDDEN');
    },
  ],
  [
    'has a bearer token that expires: its socket is closed',
    async ({ desk, one, add }) => {
      const socket = await withEnoughTime(async (lifeMs) => {
        const bearer = await signBearer(
          { accountId: desk.accountId, agentId: one.id, email: 'person@desk.example' },
          {
            key: at.site.secrets.localIssuer,
            nowMs: Date.now() + lifeMs - 60_000,
            lifetimeMs: 60_000,
          },
        );
        const opened = at.connect({ id: one.id, bearer });
        await opened.subscribe(WatchWalletDocument).next();
        return opened;
      });
      await add();
      expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4403 });
      await add();
    },
  ],
  [
    'resumes after an older cursor: it receives what it missed, then what the others receive',
    async ({ one, others, desk }) => {
      await desk.add(1);
      const [first] = await Promise.all(others.map((other) => other.next()));
      const after = first!.dayPassWalletChanged.cursor;
      await desk.add(1);
      await desk.add(1);
      for (const other of others) await other.take(2);
      const stream = at.connect(one).subscribe(WatchWalletDocument, { after });
      await desk.add(1);
      for (const other of others) expect(await balanceOf(other)).toBe(5);
      const balances = (await stream.take(3)).map((one) => one.dayPassWalletChanged.balance);
      expect(balances).toEqual([3, 4, 5]);
    },
  ],
  [
    'leaves, and comes again with the same id',
    async ({ one, add }) => {
      const raw = await openRawSocket(at.here);
      await raw.init(one);
      raw.send(subscribeTo(wallet));
      expect(balanceIn(await raw.next())).toBe(1);
      expect([await add(), balanceIn(await raw.next())]).toEqual([2, 2]);
      raw.send({ id: '1', type: 'complete' });
      await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(3));
      await add();
      raw.send(subscribeTo(wallet));
      expect(balanceIn(await raw.next())).toBe(3);
      expect([await add(), balanceIn(await raw.next())]).toEqual([4, 4]);
      expect(raw.heard).toEqual([]);
      await raw.close();
    },
  ],
  [
    'is cut off without a close: nothing of it stays',
    async ({ one, add }) => {
      const raw = await openRawSocket(at.here);
      await raw.init(one);
      raw.send(subscribeTo(wallet));
      await raw.next();
      await add();
      raw.socket.terminate();
      await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(3));
      await add();
    },
  ],
  [
    'has the same subscription twice on one socket: each receives every change under its own id',
    async ({ one, add }) => {
      const raw = await openRawSocket(at.here);
      await raw.init(one);
      for (const id of ['first', 'a "second"']) {
        raw.send(subscribeTo(wallet, id));
        expect(await raw.next()).toMatchObject({ id, type: 'next' });
      }
      const balance = await add();
      const both = [await raw.next(), await raw.next()];
      expect(both.map(({ id }) => id).sort()).toEqual(['a "second"', 'first']);
      expect(both.map(balanceIn)).toEqual([balance, balance]);
      await raw.close();
    },
  ],
];

function balanceIn({ payload }: { payload?: unknown }): number {
  return (payload as { data: { dayPassWalletChanged: { balance: number } } }).data
    .dayPassWalletChanged.balance;
}

describe('of equal subscriptions, all but one continue when that one', () => {
  test.each(fates)('%s', async (_what, meets) => {
    const group = await openGroup();
    await meets(group);
    await group.add();
  });
});

interface Causes {
  dayPassWalletChanged: { cause: { sequence: number } | null };
}

test('equal subscriptions of people with different permissions each show what their reader may see', async () => {
  const { desk, one, add, others } = await openGroup();
  const document = parse(
    'subscription { dayPassWalletChanged { cause { sequence } } }',
  ) as TypedDocumentNode<Causes, object>;
  const people = [one, desk.admin, desk.agent];
  const streams = people.map((person) => at.connect(person).subscribe(document));
  for (const stream of streams) await stream.next();
  const next = async () => {
    await add();
    const changes = await Promise.all(streams.map((stream) => stream.next()));
    return changes.map(({ dayPassWalletChanged: { cause } }) => cause !== null);
  };
  expect(await next()).toEqual([true, true, false]);
  const input = { agentId: agentNode(one), role: 'AGENT' as const };
  await act(desk, ChangeAgentDocument, { input });
  expect(await next()).toEqual([false, true, false]);
  await act(desk, ChangeAgentDocument, { input: { ...input, role: 'ACCOUNT_ADMIN' } });
  expect(await next()).toEqual([true, true, false]);
  expect(others).toHaveLength(3);
});

test('an admin who loses the pass leaves the journal of the others', async () => {
  const { desk, one, add } = await openGroup();
  const after = (await act(desk, WhereItStandsDocument, {})).account.journalCursor;
  const streams = [one, desk.admin].map((person) =>
    at.connect(person).subscribe(WatchEventsDocument, { after }),
  );
  await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(5));
  await add();
  await add();
  const [mine, theirs] = streams;
  await mine!.take(2);
  await act(desk, ConvertDocument, { input: { agentId: agentNode(one), type: 'OCCASIONAL' } });
  await add();
  expect(await mine!.fault()).toBe('DAY_PASS_REQUIRED');
  const sequences = (await theirs!.take(3)).map(({ dayPassEvents }) => dayPassEvents.sequence);
  expect(sequences).toEqual([2, 3, 4]);
});

test('one who reads slowly delays nobody, and receives all in order when it reads on', async () => {
  const desk = await at.site.openDesk();
  const after = (await act(desk, WhereItStandsDocument, {})).account.journalCursor;
  const query = `subscription { dayPassEvents(after: "${after}") { sequence ... on DayPassesGranted { ${manyReasons(20)} } } }`;
  const raws = await Promise.all([1, 2, 3].map(() => openRawSocket(at.here)));
  for (const raw of raws) {
    await raw.init(desk.admin);
    raw.send(subscribeTo(query));
  }
  await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(3));
  await desk.add(1);
  for (const raw of raws) expect(sequenceIn(await raw.next())).toBe(1);
  const [slow, ...others] = raws;
  slow!.socket.pause();
  // 30 kilobytes each: more than the buffers between the two ends hold.
  const entries = 400;
  const bulk = openBulkLedger(at.site.source, at.here.databaseUrl);
  await bulk.grant(desk.accountId, entries);
  await bulk.close();
  const expected = Array.from({ length: entries }, (_none, index) => index + 2);
  for (const raw of others) expect(await takeSequences(raw, entries)).toEqual(expected);
  slow!.socket.resume();
  expect(await takeSequences(slow!, entries)).toEqual(expected);
  await desk.add(1);
  for (const raw of raws) expect(sequenceIn(await raw.next())).toBe(entries + 2);
  for (const raw of raws) expect(raw.heard).toEqual([]);
  await Promise.all(raws.map((raw) => raw.close()));
});

type Raw = Awaited<ReturnType<typeof openRawSocket>>;

async function takeSequences(raw: Raw, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) taken.push(sequenceIn(await raw.next()));
  return taken;
}

function sequenceIn({ payload }: { payload?: unknown }): number {
  return (payload as { data: { dayPassEvents: { sequence: number } } }).data.dayPassEvents.sequence;
}
